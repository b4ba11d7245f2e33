// A note from the first word to the committee: written with a chart and a comparison, reviewed, sent back, signed off and
// published; somebody who comes late changes what the figure says and not what the note said.
import { check, same, test, finish, startDemo, launch, person, checkPage, press, leads, mainText, printed, fillAll } from './lib.mjs'

const demo = await startDemo()
const browser = await launch()
const period = '2026-11-01 2026-11-30'
let address = ''

const submit = page => leads(page, () => page.locator('main button[type=submit]').first().click())

async function attend (page, name) {
  await page.goto('/training/sessions/new')
  await page.selectOption('#course', { index: 1 })
  await fillAll(page, { 'starts_at-day': '24', 'starts_at-month': '11', 'starts_at-year': '2026', 'starts_at-time': '8:30am', venue: 'Town hall', places: '10' })
  await page.selectOption('#trainer', { index: 1 })
  await submit(page)
  const session = new URL(page.url()).pathname
  await page.goto(session + '/attendance/import')
  await page.fill('#rows', `Name\tEmail\n${name}\t${name.replace(' ', '.').toLowerCase()}@county.example\n`)
  await submit(page)
  await submit(page)
  await page.goto(session)
  await press(page, 'Confirm session')
  await press(page, 'Mark as delivered')
}

const value = async page => Number((await page.locator('.app-note-paragraph', { hasText: 'We trained' }).locator('a').first().innerText()).replace(',', ''))

await test('written, reviewed, signed off and published without scripts', async () => {
  const page = await person(browser, demo, 'co-ordinator', { scripts: false })
  await page.goto('/reports/notes/new')
  await fillAll(page, {
    addressed_to: 'Scrutiny Board',
    subject: 'Training in November',
    purpose: 'To report.',
    recommendations: 'To note.',
    information: `We trained {{figure staff-trained ${period}}} people.\n\n{{chart staff-trained 2026-01-01 2026-12-31 by quarter}}\n\n{{compare staff-trained ${period} with 2026-10-01 2026-10-31}}`,
    background_papers: ''
  })
  await press(page, 'Save note')
  address = new URL(page.url()).pathname
  await press(page, 'Send for review')
  await press(page, 'Return to draft')
  same((await press(page, 'Return to draft')).status(), 422, 'a reason is asked for')
  await page.fill('#remark', 'List the papers')
  await press(page, 'Return to draft')
  check((await mainText(page)).includes('Returned to draft: List the papers'), 'the reason stands on the draft')
  await press(page, 'Change the note')
  await page.fill('[name=background_papers]', 'None')
  await press(page, 'Save note')
  await press(page, 'Send for review')
  await press(page, 'Sign off')
  same((await press(page, 'Sign off')).status(), 422, 'it must have been read')
  await page.check('[name=checked]')
  await press(page, 'Sign off')
  await press(page, 'Publish')
  check((await mainText(page)).includes('Signed off by'), 'who signed is on the note')
  same(await page.getByRole('button', { name: 'Change the note' }).count(), 0, 'it can no longer be changed')
  await page.context().close()
})

await test('somebody late changes the figure and not the note', async () => {
  const page = await person(browser, demo, 'co-ordinator')
  await page.goto(address)
  const before = await value(page)
  await attend(page, 'Lena Late')
  await page.goto(address)
  same(await value(page), before, 'the note says what it said')
  check((await mainText(page)).includes(`as published ${before}; today ${before + 1} (a later correction)`), 'and what it is today')
  await checkPage(page, 'note with a correction')
  const paper = await printed(page)
  check(paper.includes(`We trained ${before} people`) && !paper.includes('later correction'), 'on paper as it was published')
  check(paper.includes('Figures as they were on 24 November 2026'), 'with its day')
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Download as OpenDocument text')])
  check(/^note-\w+\.odt$/.test(download.suggestedFilename()), download.suggestedFilename())
  await leads(page, () => page.locator('.app-note-paragraph', { hasText: 'We trained' }).locator('a').first().click())
  check((await mainText(page)).includes('Released in'), 'the figure says where it was released')
  await page.goto(address)
  await press(page, 'Make a new version')
  same(await value(page), before + 1, 'the new version is measured anew')
  await page.context().close()
})

await test('what a councillor sees, wide and at 320 px', async () => {
  for (const width of [1280, 320]) {
    const page = await person(browser, demo, 'councillor', { width })
    for (const path of ['/reports/notes', address, `/reports/figures/staff-trained?from=2026-11-01&to=2026-11-30&with_from=1/10/2026&with_to=31/10/2026`]) {
      await page.goto(path)
      await checkPage(page, `${path} at ${width}`)
    }
    await page.goto('/reports/notes')
    same(await page.getByRole('link', { name: 'Prevent training in schools' }).count(), 0, 'a draft is not there')
    same(await page.getByRole('link', { name: 'Training in November' }).count(), 1, 'the published version alone')
    same((await page.goto(address + '/sign-off')).status(), 403, 'signing off is for who writes notes')
    await page.context().close()
  }
})

await browser.close()
await demo.stop()
finish()
