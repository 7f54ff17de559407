import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

export default defineConfig({
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
});
