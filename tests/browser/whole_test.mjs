// The whole way, as a new training officer and a co-ordinator go it: a course for foster carers, booking opened, the waiting
// list moving, the sheet printed, people checked in from a phone, the session delivered, certificates; then the schools whose
// training is stale or unreviewed, an access refused, and where it is counted. Each step has a journey of its own elsewhere.
import { check, same, test, finish, startDemo, launch, person, checkPage, press, mainText, fillAll, refusePackage } from './lib.mjs'

const demo = await startDemo()
const browser = await launch()
const officer = await person(browser, demo, 'training-officer')
let session = ''
let calendar = ''

// The product's day is fixed, its time of day is the machine's: the session begins in ten minutes, or just before midnight.
function soon () {
  const clock = at => new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' }).format(at)
  const now = clock(new Date())
  const then = clock(new Date(Date.now() + 600000))
  return then > now ? then : '23:59'
}

async function book (name) {
  const page = await person(browser, demo, null, { scripts: false, width: 320, height: 640 })
  await page.goto(calendar)
  await fillAll(page, { name, email: `${name.toLowerCase().replace(' ', '.')}@carers.example`, school: 'Fostering service' })
  await page.click('main button[type=submit]')
  await page.click('text=/Book this place|Join the waiting list/')
  return page
}

await test('a course for foster carers, a session of two places, booking opened', async () => {
  await officer.goto('/training/courses/new')
  await fillAll(officer, { title: 'Prevent at the kitchen table', duration_minutes: '60', refresh_months: '24', objectives: 'Notice, check, share' })
  for (const choice of ['council', 'face-to-face']) {
    await officer.locator(`input[value=${choice}]`).first().check().catch(() => officer.locator(`select:has(option[value=${choice}])`).first().selectOption(choice))
  }
  await officer.check('input[name=audience][value=foster-carers]')
  for (const aspect of ['duty', 'vulnerabilities', 'behaviours', 'risk', 'support']) {
    await officer.check(`input[name=aspects][value=${aspect}]`)
  }
  await officer.locator('main button[type=submit]').first().click()
  check((await officer.textContent('body')).includes('Prevent at the kitchen table'), 'the course is there')
  await officer.goto('/training/sessions/new')
  await officer.selectOption('#course', { label: 'Prevent at the kitchen table' })
  await fillAll(officer, { 'starts_at-day': '24', 'starts_at-month': '11', 'starts_at-year': '2026', 'starts_at-time': soon(), venue: 'Riverside Hall', places: '2' })
  await officer.selectOption('#trainer', { index: 1 })
  await officer.locator('main button[type=submit]').first().click()
  session = new URL(officer.url()).pathname
  await press(officer, 'Confirm session')
  await officer.goto(session + '/booking')
  await officer.check('input[name=booking][value=public]')
  await officer.locator('main button[type=submit]').first().click()
  await officer.goto(session)
  calendar = await officer.locator('a[href*="/b/"]').first().getAttribute('href')
  calendar = new URL(calendar, demo.address).pathname
})

await test('three book two places; the waiting list moves by itself', async () => {
  const ada = await book('Ada Quill')
  const ben = await book('Ben Hale')
  const cy = await book('Cy Webb')
  check((await mainText(ada)).includes('You have a place') && (await mainText(ben)).includes('You have a place'), 'two have a place')
  check((await mainText(cy)).includes('Number 1 on the waiting list'), 'the third waits')
  await ben.goto(new URL(ben.url()).pathname + '/cancel')
  await ben.click('main button[type=submit]')
  await cy.reload()
  check((await mainText(cy)).includes('You have a place'), 'the place is given on')
  await officer.goto('/training/people-to-tell')
  check((await mainText(officer)).includes('Cy Webb'), 'somebody is to tell the third')
  for (const page of [ada, ben, cy]) {
    await page.context().close()
  }
})

await test('the sheet, check-in from a phone, delivered', async () => {
  await officer.goto(session + '/sign-in-sheet')
  const sheet = await mainText(officer)
  check(sheet.includes('Ada Quill') && sheet.includes('Cy Webb') && !sheet.includes('Ben Hale'), 'the sheet names who is booked')
  await officer.goto(session + '/check-in')
  await press(officer, 'Open check-in by code')
  const link = await officer.locator('a[href^="/c/"]').first().getAttribute('href')
  const phone = await person(browser, demo, null, { scripts: false, width: 320, height: 640 })
  for (const said of ['ada.quill@carers.example', 'ada.quill@carers.example', 'cy.webb@carers.example']) {
    await phone.goto(link)
    await phone.fill('#said', said)
    await phone.click('main button[type=submit]')
  }
  await phone.context().close()
  await officer.goto(session + '/check-in')
  check((await officer.locator('h1').textContent()).includes('2 here'), 'a repeated check-in counts once')
  await officer.goto(session)
  await press(officer, 'Mark as delivered')
  await checkPage(officer, 'the session delivered')
})

await test('certificates, and who is trained', async () => {
  await officer.goto(session + '/certificates')
  await officer.click('main button[type=submit]')
  check((await officer.textContent('body')).includes('Nothing was sent'), 'issued; a person sends them')
  await officer.goto(session + '/certificates')
  check((await mainText(officer)).includes('Ada Quill'), 'who has one')
  const aspects = await (await officer.request.get('/reports/figures/sessions-all-aspects/rows.csv?from=2026-11-24&to=2026-11-24')).text()
  check(/Prevent at the kitchen table.*,5,/.test(aspects), 'the session covered the five aspects')
})

await test('as co-ordinator: schools whose training is stale or unreviewed, access refused, counted', async () => {
  const page = await person(browser, demo, 'co-ordinator')
  await page.goto('/schools/coverage')
  await page.click('text=Which schools come next, and why')
  await checkPage(page, 'which schools come next')
  const next = await (await page.request.get('/schools/coverage/next.csv')).text()
  check(next.includes('over 3 years ago') && next.includes('nobody has reviewed it'), 'stale and unreviewed, with the reason')
  await page.goto('/reports/figures/access-refused')
  const count = async () => Number(await page.locator('.app-tile__value').first().textContent())
  const before = await count()
  await refusePackage(page, 'Course of another provider', 'Not shown outside')
  await page.goto('/reports/figures/access-refused')
  same(await count(), before + 1, 'the refusal is in the figure')
  const urn = next.match(/,(\d{6}),/)[1]
  for (const path of ['/reports/figures', '/reports/figures/training-in-date', `/schools/${urn}/no-training`]) {
    same((await page.goto(path)).status(), 200, path)
    await checkPage(page, path)
  }
  await page.context().close()
})

await browser.close()
await demo.stop()
finish()
