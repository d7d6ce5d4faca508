import { writeFile, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { takeInReport } from '../../server/invitations/import/take-in-report.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { handedOver, reportOn } from '../delivery-reports/reported.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`${site.address}/console/${path}`)
  await page.locator('#console h1').waitFor()
  await expectAccessible(page, path)
}

test('an admin hands in a report, finds the service on the worklist, corrects the address, and the link leaves again', async () => {
  const { app } = site
  const { context } = app
  const { collection, message, invitations } = await handedOver(app, {
    services: [{ name: 'The Elms', telephone: '0161 496 0000' }],
  })
  const file = join(await mkdtemp(join(tmpdir(), 'report-')), 'report.eml')
  await writeFile(file, reportOn(app, message, 'exchange-online--not-found--hard'))
  const visitor = await openConsole(browser, site)
  const { page } = visitor

  await takeInReport(context, Buffer.from(reportOn(app, message, 'aol--host-refused--policy')), 'upload')
  await visit(page, `collections/${collection.id}/undelivered`)
  const toRead = page.getByRole('row', { name: /The Elms 0161 496 0000 .* Turned away by a rule .* blocked/ })
  await toRead.getByRole('link', { name: 'The Elms' }).click()
  await page.getByRole('heading', { name: 'The Elms' }).waitFor()

  await visit(page, 'delivery-reports')
  await page.getByRole('button', { name: 'Hand in the report' }).click()
  await page.getByRole('link', { name: 'Choose a report, saved as an .eml file' }).waitFor()
  await page.getByLabel('A report, saved as an .eml file').setInputFiles(file)
  await page.getByRole('button', { name: 'Hand in the report' }).click()
  await page.getByText('The report is taken in: address does not work.').waitFor()
  await expectAccessible(page, 'delivery-reports')

  await visit(page, `collections/${collection.id}`)
  await page.getByRole('link', { name: 'Correct addresses, read what came back' }).click()
  await page.getByText('0161 496 0000').waitFor()
  await expectAccessible(page, 'undelivered')
  await page.getByRole('link', { name: 'Correct the address of The Elms' }).click()
  await page.getByRole('cell', { name: 'Invitation came back: the address does not work' }).waitFor()
  await expectAccessible(page, 'invitation')

  await page.getByLabel('Email address').fill('new.example.org')
  const correct = page.getByRole('button', { name: 'Correct and send the link again' })
  await correct.click()
  await page.getByRole('link', { name: /should look like name@example.org/ }).waitFor()
  await page.getByLabel('Email address').fill('new@example.org')
  await correct.click()
  await page.getByText('The link is on its way to new@example.org.').waitFor()
  expect(await sendDueMessages(context)).toBe(1)
  expect(context.mailer.sent.at(-1)).toMatchObject({ to: 'new@example.org' })
  expect(context.mailer.sent.at(-1)!.text).toContain(`/r/${invitations[0]!.token}`)

  await page.getByLabel('Other').check()
  await page.getByLabel('Reason').fill('The manager is on long leave')
  await page.getByRole('button', { name: 'Set the outcome' }).click()
  await page.getByText('Other: The manager is on long leave').first().waitFor()
  await visit(page, `collections/${collection.id}/undelivered`)
  await page.getByText('Every address that was used so far works').waitFor()
  await visitor.leave()
})
