import { rateLimit } from 'express-rate-limit'
import type { RequestHandler } from 'express'
import { tooManyRequests } from '../errors.ts'

const failuresPerWindow = 60
const windowMs = 15 * 60_000

/**
 * Lets a request pass that failed to find what its link leads to, until too many have. Only failed look-ups count against an address: a whole
 * council may sit behind one. The counts are held in memory and belong to no one.
 */
export const limitFailures = (): RequestHandler =>
  rateLimit({
    windowMs,
    limit: failuresPerWindow,
    standardHeaders: false,
    legacyHeaders: false,
    validate: { xForwardedForHeader: false, trustProxy: false },
    handler: (_req, _res, next) => next(tooManyRequests()),
  })
