import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';
import { precompress } from './precompress.ts';

/** GraphiQL: a page of its own. */
const graphiql: UserConfig = {
  root: 'graphiql',
  // Relative, so that the page works behind a proxy under any path.
  base: './',
  plugins: [react(), precompress()],
  build: {
    outDir: '../dist/graphiql',
    emptyOutDir: true,
    target: 'es2022',
    // The code editor is one large chunk, which browsers load once and cache.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      onLog(level, log, show) {
        // "use no memo" is a directive for a compiler that has already run.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') show(level, log);
      },
    },
  },
  worker: { format: 'es' },
};

/** The script and fonts of the explorer's pages, which the service renders. The manifest names the files. */
const site: UserConfig = {
  root: 'site',
  base: './',
  plugins: [precompress()],
  build: {
    outDir: '../dist/site',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: false,
    rolldownOptions: { input: 'site/main.ts' },
  },
};

export default defineConfig(({ mode }) => (mode === 'site' ? site : graphiql));
