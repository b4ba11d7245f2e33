// The day of a session: the sheet printed, people checked in by a thumb and by code on phones without scripts, the list
// completed with the fewest actions, the session closed with what was left open.
import { check, same, test, finish, startDemo, launch, person, checkPage, press } from './lib.mjs'

const demo = await startDemo()
const browser = await launch()

// The product's day is fixed, its time of day is the machine's: sessions of these tests begin now.
function now () {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' }).format(new Date())
}

async function schedule (page, more = async () => {}) {
  await page.goto('/training/sessions/new')
  await page.selectOption('#course', { index: 1 })
  for (const [name, value] of Object.entries({ 'starts_at-day': '24', 'starts_at-month': '11', 'starts_at-year': '2026', 'starts_at-time': now(), venue: 'Town hall', host: 'Stoughton Infant School', places: '40' })) {
    await page.fill(`[name=${name}]`, value)
  }
  await page.selectOption('#trainer', { index: 1 })
  await more()
  await page.click('main button[type=submit]')
  return new URL(page.url()).pathname
}

async function book (page, session, n) {
  const rows = ['name,email,school,state']
  for (let i = 1; i <= n; i++) {
    rows.push(`Person ${String.fromCharCode(65 + i % 26)}${i > 25 ? 'b' : 'a'},p${i}@school.example,Stoughton Infant School,booked`)
  }
  await page.goto(session + '/attendance/import')
  await page.fill('#rows', rows.join('\n'))
  await page.click('main button[type=submit]')
  await page.locator('main button', { hasText: 'Save' }).first().click()
}

async function count (page, label) {
  const tile = page.locator('.app-tile', { hasText: label })
  return Number(await tile.locator('.app-tile__value').textContent())
}

const officer = await person(browser, demo, 'co-ordinator')

await test('attendance of 30 in at most two minutes', async () => {
  const session = await schedule(officer)
  await book(officer, session, 30)
  let actions = 0
  const act = async what => { actions++; await what }
  await act(officer.goto(session))
  await act(officer.click('text=Record attendance by keyboard'))
  await checkPage(officer, 'attendance of 30')
  await act(officer.locator('tbody tr').nth(3).locator('input[value=no-show]').check())
  await act(officer.locator('tbody tr').nth(7).locator('input[value=apologies]').check())
  await act(officer.focus('#rest'))
  await act(officer.selectOption('#rest', 'attended'))
  await act(officer.click('text=Save attendance'))
  same(await count(officer, 'Attended in full'), 28, 'all others attended')
  same(await count(officer, 'Did not come'), 1, 'one did not come')
  same(await count(officer, 'Sent apologies'), 1, 'one sent apologies')
  console.log(`     30 people with two exceptions: ${actions} actions, ${actions * 2} s at 2 s each`)
  check(actions * 2 <= 120, `${actions} actions at 2 s each are within two minutes`)
})

await test('30 people one by one, by a thumb, without scripts', async () => {
  const session = await schedule(officer)
  await book(officer, session, 30)
  const phone = await person(browser, demo, 'co-ordinator', { scripts: false, width: 320, height: 640 })
  await phone.goto(session + '/check-in')
  await checkPage(phone, 'check-in at 320 px', { axe: false })
  const box = await phone.locator('button.app-tap').first().boundingBox()
  check(box.height >= 44 && box.width > 200, `a button for a thumb: ${box.width} by ${box.height}`)
  let actions = 1
  for (let i = 0; i < 3; i++) {
    await phone.locator('button.app-tap').first().click()
    actions++
  }
  check((await phone.locator('h1').textContent()).includes('3 here'), 'three are here')
  console.log(`     one tap a person: ${actions - 1} people in ${actions} actions, so 30 in 31: 62 s at 2 s each`)
  await phone.locator('button', { hasText: 'Leaves early' }).first().click()
  check((await phone.textContent('main')).includes('left at'), 'who leaves early is noted')
  await phone.locator('button', { hasText: 'Not here after all' }).first().click()
  check((await phone.locator('h1').textContent()).includes('2 here'), 'a slip is undone')
  await phone.context().close()
})

await test('by code: twice on one phone, and somebody who had not booked', async () => {
  const session = await schedule(officer)
  await book(officer, session, 3)
  await officer.goto(session + '/check-in')
  await press(officer, 'Open check-in by code')
  await checkPage(officer, 'check-in open')
  const link = await officer.locator('a[href^="/c/"]').first().getAttribute('href')
  const phone = await person(browser, demo, null, { scripts: false, width: 320, height: 640 })
  for (const said of ['p1@school.example', 'P1@school.example', 'eve@elsewhere.example']) {
    await phone.goto(link)
    check(!(await phone.textContent('main')).includes('Person'), 'nobody is named')
    await phone.fill('#said', said)
    if (said.startsWith('eve')) {
      await phone.fill('#name', 'Eve Lund')
    }
    await phone.click('main button[type=submit]')
    check((await phone.textContent('main')).includes('Your check-in has been sent'), `${said} has the same answer`)
  }
  check((await phone.context().cookies()).length === 0, 'no cookie is set')
  await phone.context().close()
  const seen = await person(browser, demo, null, { width: 320, height: 640 })
  await seen.goto(link)
  await checkPage(seen, 'check-in by code at 320 px')
  await seen.click('main button[type=submit]')
  await checkPage(seen, 'check-in by code, nothing entered')
  await seen.context().close()
  await officer.goto(session + '/check-in')
  check((await officer.textContent('main')).includes('1 to settle'), 'one is to be settled')
  await checkPage(officer, 'check-in to settle')
  await press(officer, 'put on the list')
  check((await officer.locator('h1').textContent()).includes('2 here'), 'both are here')
})

await test('a series, an event with its programme, the papers', async () => {
  const session = await schedule(officer, async () => {
    await officer.locator('[name=repeat][value=weekly]').check()
    await officer.fill('#times', '3')
  })
  check((await officer.textContent('body')).includes('3 sessions scheduled'), 'three at once')
  await book(officer, session, 12)
  await officer.goto(session + '/programme')
  await officer.fill('#starts', '9am')
  await officer.fill('#minutes', '30')
  await officer.fill('#title', 'The local picture')
  await officer.locator('[name=theme][value=local-threat]').check()
  await press(officer, 'Add to the programme')
  await officer.getByRole('link', { name: /The local picture/ }).click()
  const item = officer.url().slice(officer.url().indexOf('/programme'))
  await officer.getByLabel('None of these').check()
  await press(officer, 'Save changes')
  check(!(await officer.locator('main table').textContent()).includes('Local threat'), 'the theme is taken back')
  const narrow = await person(browser, demo, 'co-ordinator', { width: 320, height: 640 })
  for (const part of ['', '/programme', item, '/hosts', '/sign-in-sheet', '/check-in', '/edit', '/close']) {
    await officer.goto(session + part)
    await checkPage(officer, `session${part}`)
    await narrow.goto(session + part)
    await checkPage(narrow, `session${part} at 320 px`)
  }
  await narrow.context().close()
  await officer.goto(session + '/sign-in-sheet')
  await officer.emulateMedia({ media: 'print' })
  check(await officer.locator('.govuk-service-navigation').isHidden(), 'no navigation on paper')
  const pdf = await officer.pdf({ preferCSSPageSize: true })
  const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) || []).length
  check(pages >= 1 && pages <= 2, `the sheet of 12 takes ${pages} pages`)
  await officer.emulateMedia({ media: 'screen' })
})

await browser.close()
await demo.stop()
finish()
