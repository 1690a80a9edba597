import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

// Every file in src/pages is one entry; web/assets.py finds the hashed names in .vite/manifest.json.
const pages = readdirSync('src/pages').filter((file) => file.endsWith('.js'));
const input = Object.fromEntries(pages.map((file) => [file.slice(0, -3), resolve('src/pages', file)]));

/**
 * CodeMirror, in which the editors of expressions are written, puts <style> elements into the page, which our content
 * policy refuses. Where it may, it uses constructed style sheets instead: here it always does.
 */
const withoutStyleElements = {
  name: 'without-style-elements',
  transform(code, id) {
    if (!id.includes('style-mod')) return null;
    const before = '!root.head && root.adoptedStyleSheets';
    if (!code.includes(before)) this.error(`style-mod no longer says "${before}"`);
    return { code: code.replace(before, 'root.adoptedStyleSheets'), map: null };
  },
};

export default defineConfig({
  plugins: [withoutStyleElements],
  base: '/static/dist/',
  publicDir: false,
  build: {
    outDir: '../web/static/dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy allows files of our own only
    rolldownOptions: { input },
  },
});
