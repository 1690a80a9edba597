"""Security headers on every answer."""

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src-elem 'self'",
        "style-src-attr 'unsafe-inline'",  # bpmn-js places overlays by style attributes
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
#: Kept, and asked for each time: what is served changes with the program, and another database numbers its versions
#: from 1 again.
ASK_FIRST = "private, no-cache"
IMMUTABLE = f"public, max-age={365 * 24 * 3600}, immutable"


def register(app: Flask) -> None:
    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in HEADERS.items():  # a file somebody uploaded comes with a stricter policy of its own
            response.headers.setdefault(name, value)
        _set_caching(response)
        return response


def _set_caching(response: Response) -> None:
    """Built files carry a hash of their content in the name; pages hold personal data and stay nowhere."""
    if request.path.startswith("/static/dist/assets/") and response.status_code == 200:
        response.headers["Cache-Control"] = IMMUTABLE
    elif request.endpoint == "flows.diagram" and response.status_code in (200, 304):
        response.headers["Cache-Control"] = ASK_FIRST
    elif request.endpoint != "static":
        response.cache_control.no_store = True
