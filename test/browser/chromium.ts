import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Chromium from the system. Throws, saying what to do, where there is none: browser tests are never skipped. */
export function launchChromium(): Promise<Browser> {
  const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const executablePath = places.find((place) => place && existsSync(place))
  if (!executablePath)
    throw new Error(
      'The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium) or name it in CHROMIUM=/path/to/chromium.',
    )
  return chromium.launch({ executablePath, args: ['--disable-dev-shm-usage', '--lang=en-GB'] })
}
