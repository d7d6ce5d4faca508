import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** For the environment of a process of ours: what Node compiled for one of them is there for the next, which starts in two thirds of the time. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), 'footbridge-compiled') }
