import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchChromium } from './chromium.ts'
import { startSite, type Site } from './site.ts'

// Each test file that imports them has a browser and a site of its own: test files share no modules.
export let browser: Browser
export let site: Site

beforeAll(async () => {
  browser = await launchChromium()
  site = await startSite()
})

afterAll(async () => {
  await browser.close()
  await site.stop()
})
