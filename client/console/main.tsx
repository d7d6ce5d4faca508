import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { createConsoleRouter } from './router.tsx'

const root = document.getElementById('console')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <RouterProvider router={createConsoleRouter()} />
    </StrictMode>,
  )
}
