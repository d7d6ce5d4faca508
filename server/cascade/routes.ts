import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { coordinatorRoutes } from './routes/coordinators.ts'
import { flagRoutes } from './routes/flags.ts'
export { coordinatorPages } from './routes/coordinator-pages.ts'
export { watchSubmissions } from './routes/flags.ts'

/** Mounted at /api/collections: shared links, who passes them on, and submissions through them to look at. */
export const cascadeRoutes = (context: AppContext): Router =>
  Router().use(coordinatorRoutes(context), flagRoutes(context))
