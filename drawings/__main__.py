"""`python -m drawings`."""

import sys
from collections.abc import Iterator

from drawings.browser import CHROMIUM, chromium
from drawings.index import PAGE, index
from drawings.pictures import ROOT, Picture, all_pictures, left_over

#: The viewer that the application's own pages are built from.
VIEWER = ROOT / "frontend" / "node_modules" / "bpmn-js" / "dist" / "bpmn-viewer.production.min.js"
#: What answers to a pointer is left out: half of the file, and nothing of it can be seen.
DRAW = """async (xml) => {
    const viewer = new BpmnJS({ container: document.body });
    await viewer.importXML(xml);
    const { svg } = await viewer.saveSVG();
    viewer.destroy();
    const drawing = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    drawing.querySelectorAll('.djs-hit, .djs-outline').forEach((part) => part.remove());
    drawing.style.background = 'white'; // a dark page would swallow the black lines
    return new XMLSerializer().serializeToString(drawing);
}"""


def main() -> int:
    """Draw what is missing or stale, list everything, and take away what no diagram belongs to."""
    stale = [picture for picture in all_pictures() if picture.is_stale]
    if stale and not CHROMIUM:
        print("没有找到 Chromium 或 Chrome：画图要由浏览器量出文字的宽度，请先安装。", file=sys.stderr)
        return 1
    for picture in draw(stale):
        print(picture.path.relative_to(ROOT))
    for path in left_over():
        path.unlink()
    PAGE.write_text(index(), "utf-8")
    return 0


def draw(pictures: list[Picture]) -> Iterator[Picture]:
    """Draw each with bpmn-js, and yield it when it is on the disk."""
    if not pictures:
        return
    with chromium() as browser:
        page = browser.new_page()
        page.set_content("<body></body>")
        page.add_script_tag(path=VIEWER)
        for picture in pictures:
            picture.keep(page.evaluate(DRAW, picture.diagram.read_text("utf-8")))
            yield picture


if __name__ == "__main__":
    sys.exit(main())
