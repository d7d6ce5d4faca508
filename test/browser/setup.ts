import { afterAll, beforeAll } from 'vitest'
import { startRunningSite, stopRunningSite } from './running-site.ts'

beforeAll(startRunningSite)
afterAll(stopRunningSite)
