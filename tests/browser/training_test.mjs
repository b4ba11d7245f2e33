// The trainer's day: a session scheduled, a sign-in sheet of 30 typed by keyboard alone, a list pasted,
// feedback from a phone without scripts, the session closed when it may be; every page looked at on the way.
import { check, test, finish, startDemo, launch, person, checkPage } from './lib.mjs'

const demo = await startDemo()
const browser = await launch()

async function schedule (page, day, month, host) {
  await page.goto('/training/sessions/new')
  await page.selectOption('#course', { index: 1 })
  await page.fill('[name=starts_at-day]', day)
  await page.fill('[name=starts_at-month]', month)
  await page.fill('[name=starts_at-year]', '2026')
  await page.fill('[name=starts_at-time]', '8:30am')
  await page.fill('#venue', 'Town hall')
  await page.fill('#host', host)
  await page.fill('#places', '40')
  await page.selectOption('#trainer', { index: 1 })
  await page.click('main button[type=submit]')
  return new URL(page.url()).pathname
}

async function count (page, label) {
  const tile = page.locator('.app-tile', { hasText: label })
  return Number(await tile.locator('.app-tile__value').textContent())
}

await test('a sign-in sheet of 30 names, keyboard only', async () => {
  const page = await person(browser, demo, 'co-ordinator')
  const session = await schedule(page, '24', '11', 'Stoughton Infant School')
  check(await page.getByText('Session scheduled').count() === 1, 'the session is scheduled')
  await checkPage(page, 'session planned')
  await page.click('text=Confirm session')
  await page.click('main >> text=Record attendance')
  await checkPage(page, 'attendance empty')
  await page.focus('#new-name-1')
  const keys = { n: 0 }
  const press = key => { keys.n++; return page.keyboard.press(key) }
  for (let i = 1; i <= 30; i++) {
    const name = `Person ${String.fromCharCode(64 + ((i - 1) % 26) + 1)}${i > 26 ? 'b' : 'a'}`
    await page.keyboard.type(name)
    keys.n += name.length
    await press('Enter')
  }
  check(await page.locator('tr.app-grid__row').count() >= 30, 'rows are added as they are needed')
  check(keys.n < 400, `30 names take ${keys.n} keys: at a slow 4 a second under two minutes`)
  await page.locator('#new-name-3').focus()
  await press('ArrowDown')
  check(await page.evaluate(() => document.activeElement.id) === 'new-name-4', 'arrow down moves to the next row')
  await press('ArrowUp')
  check(await page.evaluate(() => document.activeElement.id) === 'new-name-3', 'arrow up moves back')
  await page.click('text=Save attendance')
  check(await count(page, 'Attended in full') === 30, '30 people are recorded')
  await checkPage(page, 'session with 30')
  await page.goto(session + '/attendance')
  await checkPage(page, 'attendance of 30')
  await page.goto(session)
  await page.click('text=Mark as delivered')
  check(await page.locator('.govuk-tag', { hasText: 'Delivered' }).count() === 1, 'delivered')
  await page.context().close()
})

await test('a list pasted without scripts, one row mended', async () => {
  const page = await person(browser, demo, 'training-officer', { scripts: false })
  const session = await schedule(page, '24', '11', '')
  await page.goto(session + '/attendance/import')
  await page.click('main button[type=submit]')
  check(await page.locator('.govuk-error-summary').count() === 1, 'an empty list is asked for again')
  await page.fill('#rows', 'Name\tEmail\tSchool\nUma Teal\tuma@school.example\tStoughton Infant School\nVic Stone\tnobody\t\n')
  await page.click('main button[type=submit]')
  check((await page.textContent('main')).includes('Nothing is saved yet'), 'a preview comes first')
  check((await page.textContent('main')).includes('like name@example.com'), 'the bad row says why')
  const download = page.waitForEvent('download')
  await page.click('text=Download the rows to mend')
  check((await (await download).createReadStream()).readable, 'the bad rows come as a file')
  await page.click('text=Save 1 row and leave out 1')
  check(await count(page, 'Attended in full') === 1, 'the good row is saved')
  await page.context().close()
})

await test('feedback from a phone', async () => {
  const officer = await person(browser, demo, 'co-ordinator')
  await officer.goto('/training/sessions?state=delivered&sort=latest')
  await officer.locator('tbody a').first().click()
  const link = await officer.locator('a[href^="/f/"]').first().getAttribute('href')
  const session = new URL(officer.url()).pathname
  const phone = await person(browser, demo, null, { scripts: false, width: 320, height: 640 })
  for (let i = 0; i < 5; i++) {
    await phone.goto(link)
    await phone.check('input[name=understanding][value=agree]')
    await phone.fill('#comment', `Clear and practical ${i}`)
    await phone.click('main button[type=submit]')
    check((await phone.textContent('main')).includes('Your feedback has been sent'), 'the answer is taken')
  }
  check((await phone.context().cookies()).length === 0, 'no cookie is set')
  const seen = await person(browser, demo, null, { width: 320, height: 640 })
  await seen.goto(link)
  await checkPage(seen, 'feedback form at 320 px')
  await seen.click('main button[type=submit]')
  check((await seen.textContent('main')).includes('Answer at least one question'), 'nothing at all is not an answer')
  await checkPage(seen, 'feedback form with a problem')
  await officer.goto(session + '/feedback')
  check((await officer.textContent('main')).includes('Clear and practical'), 'comments of five are shown')
  await checkPage(officer, 'feedback results')
  await officer.goto(session + '/poster')
  await checkPage(officer, 'poster')
  for (const page of [officer, phone, seen]) {
    await page.context().close()
  }
})

await test('pages of training, wide and at 320 px', async () => {
  for (const width of [1280, 320]) {
    const page = await person(browser, demo, 'co-ordinator', { width })
    for (const path of ['/training/sessions', '/training/courses', '/training/courses/new', '/training/learners',
      '/training/missing', '/training/sessions?from=nonsense']) {
      await page.goto(path)
      await checkPage(page, `${path} at ${width}`)
    }
    for (const state of ['planned', 'confirmed', 'delivered', 'closed', 'cancelled']) {
      await page.goto(`/training/sessions?state=${state}&sort=latest`)
      await page.locator('tbody a').first().click()
      await checkPage(page, `session ${state} at ${width}`)
    }
    await page.goto('/training/learners')
    await page.locator('tbody a').first().click()
    await checkPage(page, `person trained at ${width}`)
    await page.goto('/training/courses')
    await page.locator('tbody a').first().click()
    await checkPage(page, `course at ${width}`)
    await page.context().close()
  }
})

await browser.close()
await demo.stop()
finish()
