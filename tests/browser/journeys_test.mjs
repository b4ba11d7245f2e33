// The whole job as its users would do it, from the one-time link of a new store to the printed note, once
// with scripts and once without; and what must hold on the way: keyboard, focus, back button, double
// click, two people at once, other people's pages.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  startDemo, startEmpty, launch, person, check, same, test, finish, leads, press, follow, mainText, checkBoth, checkPage,
  checkHtml, scratch, fillAll, printed
} from './lib.mjs'

const browser = await launch()
const demo = await startDemo()
const dir = scratch()
const password = 'orchard-lantern-42-wharf'
const gias = name => join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../data/gias', name)
const register = gias('establishments-surrey-hampshire-2022-04-20.csv')
const links = gias('links-england-2025-04-22.csv')
const host = { urn: '124937', name: 'Kingswood Primary School' }

async function value (page, key) {
  const row = page.locator('.govuk-summary-list__row', { has: page.locator('dt', { hasText: new RegExp(`^\\s*${key}\\s*$`) }) })
  return (await row.locator('dd').first().innerText()).trim()
}

async function tile (page, label) {
  return Number((await page.locator('.app-tile', { hasText: label }).locator('.app-tile__value').innerText()).replace(/,/g, ''))
}

function date (name, [day, month, year]) {
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year }
}

const submit = page => leads(page, () => page.locator('main form button:not([type=button])').last().click())

// ---- the journey ----

async function upload (page, file, waitFor) {
  await page.goto('/schools')
  await follow(page, 'Imports of the register')
  await page.getByRole('link', { name: /Import|Upload/ }).or(page.getByRole('button', { name: /Import|Upload/ })).last().waitFor()
  await leads(page, () => page.locator('main a[href="/schools/imports/new"]').click())
  await fillAll(page, date('register_on', ['20', '4', '2022']))
  await page.setInputFiles('[type=file]', file)
  await press(page, 'Upload and compare')
  await page.locator('main', { hasText: waitFor }).waitFor({ timeout: 30000 })
}

async function importRegister (page) {
  const lines = readFileSync(register, 'latin1').split('\r\n')
  const open = lines[0].split(',').indexOf('OpenDate')
  // A date that is none in the fourth line: no field before it is quoted there.
  const at = lines.findIndex((line, i) => i > 2 && /,936,/.test(line.slice(0, 12)) && !line.includes('"'))
  const fields = lines[at].split(',')
  fields[open] = '31-02-2001'
  lines[at] = fields.join(',')
  const wrong = join(dir, 'wrong.csv')
  writeFileSync(wrong, lines.join('\r\n'), 'latin1')
  await upload(page, wrong, 'Nothing was imported')
  const row = (await page.locator('main table tbody tr').first().innerText()).replace(/,/g, '')
  check(row.includes(String(at + 1)) && row.includes('OpenDate'), `line ${at + 1} and the column are named: ${row}`)
  await checkPage(page, 'wrong register', { answer: await page.goto(page.url()) })
  const broken = join(dir, 'broken.csv')
  writeFileSync(broken, readFileSync(register).subarray(0, 500000))
  await upload(page, broken, 'Nothing was imported')
  await page.goto('/schools')
  same(await page.locator('main table').count(), 0, 'nothing of a wrong file is in the register')

  await upload(page, register, 'Ready to apply')
  same(await value(page, 'New schools'), '576', 'the preview counts new schools')
  same(await value(page, 'Rows in the file'), '1,096', 'the preview counts rows')
  await follow(page, '576')
  check(await page.locator('main table tbody tr').count() > 0, 'the new schools are listed before anything is applied')
  await page.goBack()
  await leads(page, () => page.getByText('Add the links file').click())
  await page.setInputFiles('[type=file]', links)
  await press(page, 'Upload and compare again')
  await page.locator('main', { hasText: 'Ready to apply' }).waitFor({ timeout: 30000 })
  check(Number((await value(page, 'Changed links between schools')).replace(/,/g, '')) > 100, 'links between schools are counted')
  await leads(page, () => page.locator('main .govuk-button', { hasText: /^\s*Apply\s*$/ }).click())
  await press(page, 'Apply to the register')
  await page.locator('main', { hasText: 'Applied' }).waitFor({ timeout: 30000 })

  await upload(page, register, 'Ready to apply')
  for (const [key, count] of [['New schools', '0'], ['Changed schools', '0'], ['Closed schools', '0'], ['Unchanged schools', '576']]) {
    same(await value(page, key), count, `the same file again: ${key}`)
  }
}

// Tab until `reached` holds of the focused element; the number of keys.
async function tabTo (page, reached, what) {
  for (let keys = 1; keys <= 60; keys++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(reached)) {
      return keys
    }
  }
  throw new Error(`not reached by Tab: ${what}`)
}

// A sign-in sheet of 30 with the keyboard alone, from the session's page to the session's page.
async function sheetByKeyboard (page) {
  let keys = await tabTo(page, () => document.activeElement.textContent.trim() === 'Record attendance', 'Record attendance')
  await leads(page, () => page.keyboard.press('Enter'))
  keys += 1 + await tabTo(page, () => document.activeElement.id === 'new-name-1', 'the first name')
  const pages = 2
  const names = ['Ada Quill', 'Ben Rook', 'Cleo Marsh', 'Dev Patelson', 'Eve Thorn', 'Finn Oakley', 'Gita Rowe', 'Hal Weaver', 'Ivy Stone', 'Jon Fairway']
  let typed = 0
  for (let i = 0; i < 30; i++) {
    const name = `${names[i % 10]}${['', ' Ash', ' Elm'][Math.floor(i / 10)]}`
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    typed += name.length
    keys += 1
  }
  keys += await tabTo(page, () => document.activeElement.tagName === 'BUTTON' && /Save/.test(document.activeElement.textContent), 'Save') + 1
  await leads(page, () => page.keyboard.press('Enter'))
  console.log(`      30 names: ${pages} pages, ${typed} letters and ${keys} other keys`)
  // Two minutes, at 0.2 seconds a key: an average typist of Card, Moran and Newell's keystroke-level model (1980).
  check((typed + keys) * 0.2 <= 120 && keys <= 75, `30 names take ${typed} letters and ${keys} other keys`)
}

async function pasteList (page, people) {
  const session = new URL(page.url()).pathname
  await follow(page, 'Paste a list')
  await page.fill('#rows', ['Name\tWork email\tJob', ...people, 'Vic Stone\tnobody\tTeacher'].join('\n'))
  const preview = await submit(page)
  check((await mainText(page)).includes('Nothing is saved yet'), 'a preview comes first')
  check((await mainText(page)).includes('name@example.com'), 'the bad row says what to do')
  await checkPage(page, 'preview of a pasted list', { answer: preview })
  if (await page.locator('details:not([open]) #rows').count() > 0) {
    await page.locator('details', { has: page.locator('#rows') }).locator('summary').click()
  }
  const text = await page.inputValue('#rows')
  check(text.includes('Vic Stone'), 'what was pasted is still there to mend')
  await page.fill('#rows', text.replace('\tnobody\t', '\tvic@kingswood.example\t'))
  await leads(page, () => page.locator('form:has(#rows) button:not([type=button])').last().click())
  await press(page, /^Save/)
  same(new URL(page.url()).pathname, session, 'saving leads back to the session')
}

async function qrAddress (page) {
  const png = join(dir, 'qr.png')
  await page.locator('.app-qr').first().screenshot({ path: png })
  return execFileSync('zbarimg', ['--quiet', '--raw', png], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

async function theJob (scripts) {
  const place = await startEmpty()
  const as = { scripts }
  try {
    // The first administrator, and through them the co-ordinator and a trainer.
    const admin = await person(browser, place, null, as)
    await admin.goto(place.link)
    await fillAll(admin, { authority_name: 'Surrey County Council', code: '936', name: 'Ada First', email: 'ada@surrey.example', new_password: password })
    await press(admin, 'Set up')
    check((await mainText(admin)).includes('Surrey County Council is set up'), 'the service is set up')
    const again = await admin.goto(place.link)
    same(again.status(), 404, 'the one-time link works once')
    const link = {}
    for (const [role, name, email] of [['Prevent co-ordinator', 'Cora Second', 'cora@surrey.example'], ['Trainer', 'Tom Third', 'tom@surrey.example']]) {
      await admin.goto('/')
      await follow(admin, 'Settings')
      await admin.goto('/settings/users')
      await leads(admin, () => admin.locator('main a[href="/settings/users/new"]').click())
      await fillAll(admin, { name, email })
      await admin.getByLabel(role, { exact: true }).check()
      await press(admin, 'Add user')
      link[role] = (await mainText(admin)).match(/\/welcome\/\S+/)[0]
    }
    const page = await person(browser, place, null, as)
    await page.goto(link['Prevent co-ordinator'])
    await page.fill('#new_password', password)
    await press(page, 'Set password')

    await importRegister(page)

    // A course, a session, who came.
    await page.goto('/')
    await follow(page, 'Training')
    await follow(page, 'Courses')
    await leads(page, () => page.locator('main a[href="/training/courses/new"]').click())
    await fillAll(page, { title: 'Prevent awareness', duration_minutes: '60' })
    await page.check('#provider')
    await page.check('#delivery')
    await press(page, 'Add course')
    // Who trains is accredited first: only then can a session be confirmed.
    const submitted = () => leads(page, () => page.locator('main button[type=submit]').first().click())
    await page.goto('/training/trainers/new')
    await page.fill('#name', 'Cora Second')
    await page.selectOption('#account', { index: 1 })
    await page.check('[name=accreditation][value=internal]')
    await submitted()
    await press(page, 'Accredit this trainer')
    await submitted()
    await page.goto('/training/sessions')
    await press(page, 'Schedule a session').catch(() => follow(page, 'Schedule a session'))
    await page.selectOption('#course', { label: 'Prevent awareness' })
    await fillAll(page, { ...date('starts_at', ['24', '11', '2026']), 'starts_at-time': '8:30am', venue: 'School hall', host: host.name, places: '40' })
    await page.selectOption('#trainer', { index: 1 })
    await press(page, 'Schedule session')
    const session = new URL(page.url()).pathname
    await press(page, 'Confirm session')
    let came = 0
    if (scripts) {
      await sheetByKeyboard(page)
      came = 30
      same(await tile(page, 'Attended in full'), came, 'the sheet of 30 is recorded')
    }
    const pasted = Array.from({ length: scripts ? 2 : 29 }, (_, i) => `Pat ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[i % 26]}${'aeiou'[i % 5]}rrow\tpat${i}@kingswood.example\tTeacher`)
    await pasteList(page, pasted)
    came += pasted.length + 1
    same(await tile(page, 'Attended in full'), came, 'the pasted list is recorded')
    await press(page, 'Mark as delivered')
    check(await page.locator('.govuk-tag', { hasText: 'Delivered' }).count() === 1, 'delivered')

    // Feedback from a phone, by the address that the QR code says.
    const address = await qrAddress(page)
    same(address, (await page.locator('a[href^="/f/"]').first().innerText()).trim(), 'the QR code leads to the short link')
    for (let i = 0; i < 5; i++) {
      const phone = await person(browser, place, null, { scripts, width: 360, height: 640 })
      const answer = await phone.goto(address)
      if (i === 0) {
        await checkPage(phone, 'feedback on a phone', { answer })
      }
      await phone.check(`input[name=understanding][value=${i < 4 ? 'agree' : 'disagree'}]`)
      await phone.fill('#comment', `Clear and practical, ${['one', 'two', 'three', 'four', 'five'][i]}`)
      await submit(phone)
      check((await mainText(phone)).includes('Your feedback has been sent'), 'the answer is taken')
      same((await phone.context().cookies()).length, 0, 'cookies of somebody who gives feedback')
      await phone.context().close()
    }
    await page.goto(session)
    await follow(page, 'What people said')
    same(await tile(page, 'Answers'), 5, 'answers on the page of results')
    check((await mainText(page)).includes('80% (4)') && (await mainText(page)).includes('practical, five'), 'shares and comments of five are shown')

    // Coverage, and the list behind its number.
    await page.goto('/')
    await follow(page, 'Schools')
    await follow(page, 'Coverage')
    same(await tile(page, 'Schools trained'), 1, 'one school is trained')
    await follow(page, 'Schools trained')
    same(await page.locator('main tbody tr').count(), 1, 'schools on the list behind the number')
    check((await page.locator('main tbody').innerText()).includes(host.name), 'it is the school that was trained')

    // The note, its figure, on paper, and back to the rows.
    await page.goto('/')
    await follow(page, 'Reports')
    await leads(page, () => page.locator('main a[href="/reports/notes/new"]').click())
    await fillAll(page, {
      addressed_to: 'Scrutiny Co-ordination Committee',
      subject: 'Prevent training',
      purpose: 'To report on training.',
      recommendations: 'The Committee is asked to note the report.',
      information: 'In November {{figure schools-trained 2026-11-01 2026-11-30}} school was trained.',
      background_papers: 'Prevent duty guidance'
    })
    const refused = await press(page, 'Save note')
    same(refused.status(), 422, 'a figure that there is not')
    check((await page.locator('.govuk-error-summary').innerText()).includes('schools-trained'), `it is named: ${await page.locator('.govuk-error-summary').innerText()}`)
    await checkPage(page, 'note refused', { answer: refused })
    await page.fill('[name=information]', (await page.inputValue('[name=information]')).replace('schools-trained', 'schools-directly-trained'))
    const preview = await press(page, 'Preview')
    check((await page.locator('.app-preview').innerText()).includes('In November 1 school was trained'), 'the preview shows the figure')
    await checkPage(page, 'note previewed', { answer: preview })
    await press(page, 'Save note')
    check((await mainText(page)).includes('In November 1 school was trained'), 'the note is saved')
    const paper = await printed(page)
    for (const text of ['Prevent training', 'Scrutiny Co-ordination Committee', '1.1', 'In November 1 school was trained', 'Prevent duty guidance', '24 November 2026', 'Surrey County Council']) {
      check(paper.includes(text), `on paper: ${text}`)
    }
    for (const text of ['Sign out', 'Figures', 'Change the note', 'Accessibility', 'Skip to main', '127.0.0.1', '/reports']) {
      check(!paper.includes(text), `not on paper: ${text}`)
    }
    await leads(page, () => page.locator('.app-note a', { hasText: /^1$/ }).click())
    await follow(page, 'Show the rows behind this figure')
    same(await page.locator('main tbody tr').count(), 1, 'rows behind the figure')
    check((await page.locator('main tbody').innerText()).includes(host.name), 'the row is the school')
    for (const window of [admin, page]) {
      same(window.complaints.join('; '), '', 'what the console said')
      await window.context().close()
    }
  } finally {
    await place.stop()
  }
}

await test('the job from the first link to the printed note, with scripts', () => theJob(true))
await test('the same without scripts', () => theJob(false))

await test('the note of 2017: 51 leads to 51 schools', async () => {
  const page = await person(browser, demo, 'co-ordinator')
  await page.goto('/reports/notes')
  await follow(page, 'Prevent Strategy')
  const text = await mainText(page)
  check(text.includes('98%') && /1,0\d\d/.test(text), 'the note says 98% and over 1,000')
  await leads(page, () => page.locator('.app-note a', { hasText: /^51$/ }).first().click())
  same(await page.locator('.app-tile__value').first().innerText(), '51', 'the figure')
  await follow(page, 'Show the rows behind this figure')
  const file = await page.locator('main a[href*=".csv"]').getAttribute('href')
  const schools = []
  for (let pages = 1; pages <= 10; pages++) {
    schools.push(...await page.locator('main tbody tr').evaluateAll(rows => rows.map(row => row.querySelector('a').getAttribute('href'))))
    if (await page.getByRole('link', { name: 'Next page' }).count() === 0) {
      break
    }
    await follow(page, 'Next page')
  }
  same(schools.length, 51, 'schools on the pages')
  same(new Set(schools).size, 51, 'different schools on the pages')
  const csv = await (await page.request.get(file)).text()
  same(csv.trim().split(/\r?\n/).length - 1, 51, 'schools in the CSV')
  await page.context().close()
})

// ---- keyboard ----

// One press of Tab: what has the focus now, whether it is in sight, and whether it looks different for it
// (WCAG 2.4.7, 2.4.11). null: Tab left the page.
async function tabStop (page) {
  await page.keyboard.press('Tab')
  const element = await page.evaluateHandle(() => document.activeElement)
  const what = await element.evaluate(e => e === document.body ? '' : `${e.tagName.toLowerCase()} ${e.id || e.textContent.trim().slice(0, 30)}`)
  if (what === '') {
    return null
  }
  // The browser brings it into sight with the next frame. Something higher than the window is in sight
  // when a part of it is. A radio or a checkbox is drawn by its label.
  const box = await element.evaluate(e => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => {
    const near = e.matches('[type=radio], [type=checkbox]') ? e.parentElement : e
    const r = near.getBoundingClientRect()
    const at = e.getClientRects()[0]
    const middle = (Math.max(0, at.top) + Math.min(innerHeight, at.bottom)) / 2
    const top = document.elementFromPoint(at.left + at.width / 2, middle)
    resolve({
      x: Math.max(0, r.x - 8),
      y: Math.max(0, r.y - 8),
      width: Math.min(r.width, 600) + 16,
      height: Math.min(r.height, 300) + 16,
      seen: middle > 0 && middle < innerHeight && (top === e || e.contains(top) || near.contains(top))
    })
  }))))
  const { seen, ...clip } = box
  const options = { clip, caret: 'hide', animations: 'disabled' }
  const focused = await page.screenshot(options)
  await element.evaluate(e => e.blur())
  const plain = await page.screenshot(options)
  await element.evaluate(e => e.focus())
  return { what, seen, shown: !focused.equals(plain) }
}

async function tabStops (page, path, atMost) {
  await page.goto(path)
  let stops = 0
  for (let stop; stops < atMost && (stop = await tabStop(page)) !== null; stops++) {
    check(stop.seen, `${path}: ${stop.what} is in sight when it has the focus`)
    check(stop.shown, `${path}: the focus of ${stop.what} can be seen`)
  }
  check(stops >= 3, `${path} has ${stops} stops`)
  return stops
}

await test('keyboard: the focus is always seen, in the order of the page; the skip link works', async () => {
  const page = await person(browser, demo, 'co-ordinator')
  let stops = 0
  for (const path of ['/', '/training/sessions', '/training/sessions/new', '/schools/coverage', '/schools/imports/new', '/reports/notes/new', '/account']) {
    stops += await tabStops(page, path, 32)
  }
  await page.goto('/training/sessions?state=delivered&sort=latest')
  const session = await page.locator('tbody a').first().getAttribute('href')
  stops += await tabStops(page, session, 32)
  stops += await tabStops(page, `${session}/attendance`, 32)
  await page.goto(session)
  const form = await page.locator('a[href^="/f/"]').first().getAttribute('href')
  const visitor = await person(browser, demo)
  stops += await tabStops(visitor, '/sign-in', 20)
  stops += await tabStops(visitor, form, 32)
  console.log(`      ${stops} stops`)
  await visitor.goto('/sign-in')
  await visitor.evaluate(() => {
    const bare = new CSSStyleSheet()
    bare.replaceSync('* { outline: none !important; box-shadow: none !important }')
    document.adoptedStyleSheets = [bare]
  })
  await visitor.focus('#email')
  await visitor.keyboard.press('Shift+Tab')
  check((await tabStop(visitor)).shown === false, 'a focus that cannot be seen is found')
  for (const path of ['/', '/schools']) {
    await page.goto(path)
    await page.keyboard.press('Tab')
    same(await page.evaluate(() => document.activeElement.textContent.trim()), 'Skip to main content', 'the first stop')
    await page.keyboard.press('Enter')
    same(await page.evaluate(() => document.activeElement.id), 'main-content', 'the skip link leads to the content')
    await page.keyboard.press('Tab')
    check(await page.evaluate(() => document.activeElement.closest('main') !== null), 'the next stop is in the content')
  }
  // The order of stops is the order on the page, top to bottom.
  await page.goto('/training/sessions/new')
  const tops = []
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('Tab')
    tops.push(await page.evaluate(() => document.activeElement.closest('main') ? document.activeElement.getBoundingClientRect().bottom + scrollY : 0))
  }
  const inMain = tops.filter(top => top > 0)
  check(inMain.length >= 10 && inMain.every((top, i) => i === 0 || top > inMain[i - 1] - 40), `Tab goes down the page: ${inMain}`)
  await visitor.context().close()
  await page.context().close()
})

// ---- what people do to forms ----

async function fillSession (page, venue) {
  await page.goto('/training/sessions/new')
  await page.selectOption('#course', { index: 1 })
  await fillAll(page, { ...date('starts_at', ['2', '12', '2026']), 'starts_at-time': '9am', venue, places: '20' })
  await page.selectOption('#trainer', { index: 1 })
}

async function sessionsAt (page, venue) {
  const rows = await (await page.request.get('/training/sessions.json')).json()
  return JSON.stringify(rows).split(JSON.stringify(venue)).length - 1
}

for (const scripts of [true, false]) {
  await test(`back button and double click, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const page = await person(browser, demo, 'co-ordinator', { scripts })
    const button = page.getByRole('button', { name: 'Schedule session' })
    const once = `Once hall ${scripts}`
    await fillSession(page, once)
    await leads(page, () => button.click())
    const made = page.url()
    await page.goBack()
    same(new URL(page.url()).pathname, '/training/sessions/new', 'back leads to the form')
    await page.goForward()
    same(page.url(), made, 'forward leads to what was made')
    same(await sessionsAt(page, once), 1, 'going back and forward changes nothing')

    const twice = `Twice hall ${scripts}`
    await fillSession(page, twice)
    await leads(page, () => button.dblclick({ noWaitAfter: true }))
    await page.getByText('Session scheduled').waitFor()
    same(await sessionsAt(page, twice), 1, 'a double click changes once')

    // The same form sent twice, as by a hand on the back button or a poor line.
    const resent = `Resent hall ${scripts}`
    await fillSession(page, resent)
    const fields = await page.$$eval('main form [name]', all => Object.fromEntries(all
      .filter(e => !['radio', 'checkbox'].includes(e.type) || e.checked).map(e => [e.name, e.value])))
    const headers = { origin: demo.address }
    const answers = await Promise.all([1, 2].map(() => page.request.post('/training/sessions/new', { form: fields, headers, maxRedirects: 0 })))
    same(answers.map(a => a.status()).join(), '303,303', 'both are answered')
    same(answers[0].headers().location, answers[1].headers().location, 'both lead to the same session')
    same(await sessionsAt(page, resent), 1, 'a form that is sent twice changes once')
    await page.context().close()
  })
}

await test('two people change the same session: the second is told and keeps what was typed', async () => {
  const first = await person(browser, demo, 'co-ordinator')
  const second = await person(browser, demo, 'training-officer')
  await fillSession(first, 'Shared hall')
  await press(first, 'Schedule session')
  const edit = `${new URL(first.url()).pathname}/edit`
  await first.goto(edit)
  await second.goto(edit)
  await first.fill('#venue', 'North hall')
  await submit(first)
  await second.fill('#venue', 'South hall')
  const answer = await submit(second)
  same(answer.status(), 409, 'the second is told')
  same(await second.inputValue('#venue'), 'South hall', 'what the second typed')
  check((await mainText(second)).includes('changed'), `says why: ${(await mainText(second)).slice(0, 200)}`)
  await checkBoth(second, 'conflict', answer)
  check((await (await second.request.get(edit)).text()).includes('North hall'), 'the change of the first stands')
  await first.context().close()
  await second.context().close()
})

// ---- who may see what ----

await test('a school lead opens the own school only; another looks like none', async () => {
  const page = await person(browser, demo, 'school-lead')
  await page.goto('/schools')
  same(await page.locator('main tbody tr').count(), 1, 'schools of a school lead')
  const seen = []
  for (const path of ['/schools/124934', '/schools/999999', '/schools/124934/training', '/schools/999999/training']) {
    const answer = await page.request.get(path)
    same(answer.status(), 404, path)
    seen.push((await answer.text()).replace(/_csrf" value="[^"]*"/g, ''))
  }
  check(seen.every(text => text === seen[0]), 'the answers do not differ')
  await page.context().close()
})

await test('a councillor sees notes and figures, and no rows', async () => {
  const page = await person(browser, demo, 'councillor')
  await page.goto('/')
  await follow(page, 'Reports')
  await follow(page, 'Prevent Strategy')
  check(await page.getByText('Change the note').count() === 0, 'a councillor does not change notes')
  await leads(page, () => page.locator('.app-note a', { hasText: /^51$/ }).first().click())
  same(await page.locator('.app-tile__value').first().innerText(), '51', 'the figure')
  same(await page.locator('main a[href*="/rows"]').count(), 0, 'links to rows')
  for (const name of ['schools-directly-trained', 'staff-trained', 'better-understanding']) {
    check([403, 404].includes((await page.request.get(`/reports/figures/${name}/rows`)).status()), `rows of ${name} are refused`)
  }
  await page.context().close()
})

await test('signed out: to sign-in and back; what was typed is not lost', async () => {
  const page = await person(browser, demo)
  await page.goto('/training/sessions?state=delivered')
  same(new URL(page.url()).pathname, '/sign-in', 'a page of staff leads to sign-in')
  const account = demo.accounts['co-ordinator']
  await fillAll(page, { email: account.email, password: account.password })
  await press(page, 'Sign in')
  same(page.url(), `${demo.address}/training/sessions?state=delivered`, 'and back to the page')
  await page.goto('/reports/notes/new')
  await fillAll(page, { addressed_to: 'The Board', subject: 'A note half done', purpose: 'Typed for an hour', recommendations: 'None', information: 'None' })
  await page.context().clearCookies()
  const kept = await press(page, 'Save note')
  check((await mainText(page)).includes('it is not lost'), 'the page says that what was typed is kept')
  await checkBoth(page, 'signed out at a form', kept)
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Sign in again' }).click()])
  await fillAll(tab, { email: account.email, password: account.password })
  await press(tab, 'Sign in')
  await tab.close()
  await press(page, 'Continue')
  same(await page.inputValue('[name=purpose]'), 'Typed for an hour', 'what was typed is there after signing in again')
  await press(page, 'Save note')
  check((await mainText(page)).includes('Typed for an hour'), 'and can be saved')
  await page.goto('/account')
  await press(page, 'Sign out')
  await page.goto('/account')
  same(new URL(page.url()).pathname, '/sign-in', 'after signing out nothing is shown')
  await page.context().close()
})

await test('the Nu HTML checker', async () => checkHtml())
await browser.close()
await demo.stop()
rmSync(dir, { recursive: true, force: true })
finish()
