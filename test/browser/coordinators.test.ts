import { expect, test } from 'vitest'
import { listCoordinatedLinks } from '../../server/cascade/queries/coordinator-messages.ts'
import { saveFlag } from '../../server/cascade/queries/flags.ts'
import { presentLink } from '../../server/cascade/rules/present-link.ts'
import { openCascadeCollection } from '../factories.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'
import { openVisitor } from './visitor.ts'

const file = (text: string) => ({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

test('an admin uploads coordinators and writes to them; a coordinator prints the poster and says how many were reached', async () => {
  const { db, time, context } = site.app
  const { collection } = openCascadeCollection(site.app, { name: 'Passed on' })
  const admin = await openConsole(browser, site)
  await admin.page.goto(`${site.address}/console/collections/${collection.id}`)
  await admin.page.getByRole('link', { name: 'Write to coordinators' }).click()
  await admin.page.getByRole('heading', { level: 1, name: 'Coordinators' }).waitFor()

  await admin.page
    .getByLabel('File of coordinators')
    .setInputFiles(file('system,organisation,sector,name,email\nbury,Age Well,,,x'))
  await admin.page.getByRole('button', { name: 'Upload' }).click()
  const problem = admin.page.getByRole('alert').getByText('row 2, email')
  await problem.waitFor()
  await expectAccessible(admin.page, 'coordinators refused')
  await admin.page
    .getByLabel('File of coordinators')
    .setInputFiles(file('system,organisation,sector,name,email\ntrafford,Age Well,vcse,Ann,ann@example.org\n'))
  await admin.page.getByRole('button', { name: 'Upload' }).click()
  await admin.page.getByText('1 link added').waitFor()
  await admin.page.getByRole('button', { name: 'Send 1 message to coordinators' }).click()
  await admin.page.getByText('1 message will leave now.').waitFor()
  await expectAccessible(admin.page, 'coordinators')

  const found = listCoordinatedLinks(db, collection.id).find(({ link }) => link.organisation === 'Age Well')!
  const { coordinatorUrl } = presentLink(found, { publicUrl: site.address, tokenKey: context.tokenKey })
  const coordinator = await openVisitor(browser)
  await coordinator.page.goto(coordinatorUrl)
  await expectAccessible(coordinator.page, 'coordinator’s page')
  await coordinator.page.getByRole('button', { name: 'Save' }).click()
  await coordinator.page.getByRole('alert').getByText('Enter a whole number').waitFor()
  await expectAccessible(coordinator.page, 'coordinator’s page, refused')
  await coordinator.page.getByLabel('Number of people').fill('40')
  await coordinator.page.getByRole('button', { name: 'Save' }).click()
  await coordinator.page.getByText('You said: 40').waitFor()
  await coordinator.page.getByRole('link', { name: 'A poster' }).click()
  await expectAccessible(coordinator.page, 'poster')
  const code = await coordinator.page.getByRole('img', { name: 'QR code' }).boundingBox()
  expect(code!.width).toBeGreaterThan(200)
  expect(code!.height).toBeCloseTo(code!.width, 0)
  await coordinator.leave()

  await admin.page.reload()
  await admin.page.getByRole('table', { name: 'Links and coordinators' }).waitFor()
  const row = admin.page.getByRole('table', { name: 'Links and coordinators' }).getByRole('row', { name: 'Age Well' })
  expect((await row.getByRole('cell').allTextContents()).slice(0, 4)).toEqual([
    'Trafford',
    'Ann, ann@example.org',
    'Waiting',
    '40',
  ])

  saveFlag(
    db,
    { collectionId: collection.id, cascadeLinkId: found.link.id },
    { kind: 'burst', count: 15, day: '2026-06-01' },
    time.now,
  )
  await admin.page.goto(`${site.address}/console/collections/${collection.id}`)
  await admin.page.getByRole('link', { name: 'Look at unusual answers' }).click()
  await admin.page.getByRole('button', { name: 'Save and mark' }).click()
  await admin.page.getByRole('alert').getByText('Say what you found').waitFor()
  await expectAccessible(admin.page, 'flags')
  await admin.page.getByLabel('What did you find?').fill('A team meeting.')
  await admin.page.getByRole('button', { name: 'Save and mark' }).click()
  await admin.page.getByRole('table', { name: 'Flags' }).getByText('A team meeting.').waitFor()
  await expectAccessible(admin.page, 'flags, looked at')
  await admin.leave()
})
