import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

// Every file in src/pages is one entry; web/assets.py finds the hashed names in .vite/manifest.json.
const pages = readdirSync('src/pages').filter((file) => file.endsWith('.js'));
const input = Object.fromEntries(pages.map((file) => [file.slice(0, -3), resolve('src/pages', file)]));

export default defineConfig({
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
