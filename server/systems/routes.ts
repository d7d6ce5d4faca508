import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { handle } from '../http/handle.ts'
import { actorOf, requireRole } from '../http/staff.ts'
import { saveSystems } from './import/systems-file.ts'
import { listSystems } from './queries.ts'
import { systemsInputSchema, systemsSavedSchema, systemsSchema } from './schema.ts'

export function systemRoutes({ db, clock }: AppContext): Router {
  const router = Router()
  router.get(
    '/',
    requireRole('admin', 'reviewer', 'analyst'),
    handle({ summary: 'The systems and the authorities they cover', returns: systemsSchema }, () => ({
      systems: listSystems(db),
    })),
  )
  router.post(
    '/',
    requireRole('admin'),
    handle(
      {
        summary: 'Add systems or bring them up to date, all or nothing',
        body: systemsInputSchema,
        returns: systemsSavedSchema,
      },
      ({ body, req }) => {
        const rows = body.systems.map((value, index) => ({ row: index + 1, value }))
        return saveSystems(db, rows, actorOf(req, clock))
      },
    ),
  )
  return router
}
