import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    manifest: true,
    // The compiled style sheet is minified by sass already; Vite's own minifier stumbles over govuk-frontend.
    cssMinify: false,
    // Nothing inline: the security policy has no 'unsafe-inline' and no data: for scripts or styles.
    assetsInlineLimit: 0,
    // survey-core is one large file; it is loaded after the page can be answered.
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: [
        'client/respond/main.tsx',
        'client/console/main.tsx',
        'client/styles/main.scss',
        'client/styles/pages.scss',
      ],
    },
  },
  css: { preprocessorOptions: { scss: { style: 'compressed', quietDeps: true, loadPaths: ['node_modules'] } } },
})
