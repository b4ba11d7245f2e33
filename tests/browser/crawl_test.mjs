// Every page that a role can reach, in four states - full (the demonstration), empty (a new store), error
// (forms sent empty or wrong) and with the longest names: axe, the Nu HTML checker, console, ids, reflow
// at 320 px; and no link that leads nowhere.
import {
  startDemo, startEmpty, launch, person, check, test, finish, checkBoth, checkHtml, pageFaults, crawl, leads, press, command
} from './lib.mjs'

const browser = await launch()
const demo = await startDemo()
const password = 'orchard-lantern-42-wharf'

const pageOf = {}
for (const role of ['co-ordinator', 'administrator', 'training-officer', 'trainer', 'school-lead', 'councillor', 'auditor']) {
  await test(`full, as ${role}`, async () => {
    const page = pageOf[role] = await person(browser, demo, role)
    const shapes = await crawl(page, role)
    console.log(`      ${shapes.size} kinds of page`)
    check(shapes.size >= 10, `${role} reaches ${shapes.size} kinds of page`)
  })
}

await test('full, sessions in each state', async () => {
  const page = pageOf['co-ordinator']
  for (const state of ['planned', 'confirmed', 'delivered', 'closed', 'cancelled']) {
    await page.goto(`/training/sessions?state=${state}&sort=latest`)
    const answer = await leads(page, () => page.locator('tbody a').first().click())
    await checkBoth(page, `session ${state}`, answer)
    for (const link of await page.$$eval('main a[href^="/training/sessions/"]', as => as.map(a => a.getAttribute('href')))) {
      if (/\/(attendance|import|poster|feedback-window|cancel|edit)\b[^/]*$/.test(link)) {
        await checkBoth(page, `${state} ${link}`, await page.goto(link))
      }
    }
  }
})

await test('pages for nobody', async () => {
  const page = await person(browser, demo)
  for (const path of ['/sign-in', '/accessibility', '/privacy', '/cookies', '/no-such-page', '/f/NOSUCH']) {
    await checkBoth(page, `nobody ${path}`, await page.goto(path))
  }
  await page.context().close()
})

// ---- error ----

// A form sent as it stands, or with `fill`: 422, a summary that has the focus and whose links lead to fields.
async function refused (page, path, { button = /./, fill = async () => {}, status = 422 } = {}) {
  await page.goto(path)
  await fill(page)
  const submit = page.locator('main form button[type=submit]:visible, main form button:not([type]):visible')
  const answer = await leads(page, () => submit.filter({ hasText: button }).first().click())
  const name = `${path} refused`
  check(answer.status() === status, `${name}: status ${answer.status()}`)
  check((await page.title()).startsWith('Error: '), `${name}: the title is ${await page.title()}`)
  check(await page.evaluate(() => document.activeElement.classList.contains('govuk-error-summary')), `${name}: the summary has the focus`)
  const lost = await page.$$eval('.govuk-error-summary a', as => as.map(a => a.getAttribute('href')).filter(h => !document.getElementById(h.slice(1))))
  check(lost.length === 0, `${name}: the summary leads to ${lost}`)
  await checkBoth(page, name, answer)
}

await test('error: forms sent empty or wrong', async () => {
  const nobody = await person(browser, demo)
  await refused(nobody, '/sign-in')
  await refused(nobody, '/sign-in', {
    fill: async page => {
      await page.fill('#email', 'nobody@demo.example')
      await page.fill('#password', 'not the password')
    }
  })
  await nobody.context().close()

  const coordinator = pageOf['co-ordinator']
  for (const path of ['/training/courses/new', '/training/sessions/new', '/reports/notes/new', '/schools/imports/new', '/account/password']) {
    await refused(coordinator, path)
  }
  await refused(coordinator, '/reports/notes/new', { button: /Preview/ })
  await coordinator.goto('/schools/imports/new')
  await coordinator.setInputFiles('[type=file]', { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear all,\n') })
  await press(coordinator, 'Upload and compare')
  await coordinator.locator('main', { hasText: 'Refused' }).waitFor()
  await checkBoth(coordinator, 'import refused', await coordinator.goto(coordinator.url()))
  for (const path of ['/training/sessions?from-day=99&from-month=1&from-year=2026', '/schools/coverage?on=31/2/2026',
    '/schools/coverage/list?on-day=31&on-month=2&on-year=2026', '/reports/figures?from=tomorrow',
    '/reports/figures/staff-trained?from=2026-05-01&to=2026-04-01', '/reports/figures/staff-trained/rows?from-day=40&from-month=1&from-year=2026']) {
    const answer = await coordinator.goto(path)
    check(answer.status() === 422, `${path}: status ${answer.status()}`)
    check(await coordinator.locator('.govuk-error-summary a').count() > 0, `${path}: says what is wrong`)
    await checkBoth(coordinator, path, answer)
  }
  for (const path of ['/no-such-page', '/schools/999999', '/training/sessions/NOSUCH', '/settings/users']) {
    await checkBoth(coordinator, `co-ordinator ${path}`, await coordinator.goto(path))
  }
  await refused(pageOf.administrator, '/settings/users/new')
  await refused(pageOf.administrator, '/settings/authority', { fill: page => page.fill('#name', '') })
  await refused(pageOf.administrator, '/settings/authority', { fill: page => page.fill('#accent', 'pink') })

  await coordinator.goto('/training/sessions?state=delivered&sort=latest')
  await leads(coordinator, () => coordinator.locator('tbody a').first().click())
  const form = await coordinator.locator('a[href^="/f/"]').first().getAttribute('href')
  const visitor = await person(browser, demo)
  await refused(visitor, form)
  await visitor.context().close()
})

// ---- empty ----

await test('empty: a store without any school', async () => {
  const empty = await startEmpty('--name', 'Nowhere council', '--code', '936')
  try {
    const admin = await person(browser, empty)
    await checkBoth(admin, 'set-up', await admin.goto(empty.link))
    await refused(admin, empty.link)
    await admin.fill('#name', 'Ada First')
    await admin.fill('#email', 'ada@nowhere.example')
    await admin.fill('#new_password', password)
    await press(admin, 'Set up')
    check(new URL(admin.url()).pathname === '/', 'the first administrator is signed in')
    await crawl(admin, 'empty administrator')

    const said = command(['user', 'add', '--data', empty.data, '--email', 'cora@nowhere.example', '--name', 'Cora Second',
      '--role', 'co-ordinator'])
    const link = said.match(/\/welcome\/\S+/)[0]
    const coordinator = await person(browser, empty)
    await checkBoth(coordinator, 'welcome', await coordinator.goto(link))
    await refused(coordinator, link)
    await coordinator.fill('#new_password', password)
    await leads(coordinator, () => coordinator.locator('main form button[type=submit], main form button:not([type])').last().click())
    if (new URL(coordinator.url()).pathname === '/sign-in') {
      await coordinator.fill('#email', 'cora@nowhere.example')
      await coordinator.fill('#password', password)
      await press(coordinator, 'Sign in')
    }
    const shapes = await crawl(coordinator, 'empty co-ordinator')
    check(shapes.has('/schools/coverage') && shapes.has('/reports/notes/new'), 'the co-ordinator reaches coverage and notes')
    for (const list of ['/schools', '/schools/coverage/list', '/training/sessions', '/training/courses', '/training/learners', '/training/missing', '/reports/notes', '/schools/imports']) {
      await coordinator.goto(list)
      check(await coordinator.locator('main table').count() === 0, `${list} has no table when there is nothing`)
    }
    await admin.context().close()
    await coordinator.context().close()
  } finally {
    await empty.stop()
  }
})

// ---- the longest names ----

const long = (start, letter) => (start + ' ' + `${letter.repeat(11)} `.repeat(20)).slice(0, 190).trim()
const unbroken = (start, letter) => start + letter.repeat(190 - start.length)
const hebrew = 'בית ספר יסודי לדוגמה'
const stacked = 'Zoe\u0308 A\u030aberg-Nguye\u0302\u0303n o\u0302\u0301\u0323'

await test('long: names of 190 characters, from right to left, with combining marks', async () => {
  const page = pageOf['co-ordinator']
  const head = 'URN,LA (code),EstablishmentName,EstablishmentStatus (name),TypeOfEstablishment (name),EstablishmentTypeGroup (name),PhaseOfEducation (name),DistrictAdministrative (name)\n'
  const rows = [unbroken('School', 'w'), long('School of the', 'M'), hebrew, stacked].map((name, i) =>
    `${900001 + i},936,${name},Open,Community school,Local authority maintained schools,Primary,${long('District', 'D').slice(0, 60)}`)
  await page.goto('/schools/imports/new')
  await page.fill('#register_on-day', '24')
  await page.fill('#register_on-month', '11')
  await page.fill('#register_on-year', '2026')
  await page.setInputFiles('[type=file]', { name: `${unbroken('register', 'r').slice(0, 120)}.csv`, mimeType: 'text/csv', buffer: Buffer.from(head + rows.join('\n') + '\n') })
  await press(page, 'Upload and compare')
  const apply = page.getByRole('link', { name: /Apply|Bring/ }).or(page.getByRole('button', { name: /Apply|Bring/ })).first()
  await apply.waitFor({ timeout: 30000 })
  await checkBoth(page, 'long import preview', await page.goto(page.url()))
  await leads(page, () => apply.click())
  const sure = page.getByRole('button', { name: /Apply|Bring/ })
  if (await sure.count() > 0) {
    await leads(page, () => sure.first().click())
  }
  await page.getByText('Applied').first().waitFor({ timeout: 30000 })

  await page.goto('/training/courses/new')
  await page.fill('#title', long('Course', 'C').slice(0, 120))
  await page.check('#provider')
  await page.check('#delivery')
  await page.fill('#duration_minutes', '60')
  await press(page, 'Add course')
  check(await page.locator('.govuk-error-summary').count() === 0, `a long course is taken: ${await page.locator('.govuk-error-summary').allInnerTexts()}`)
  await page.goto('/training/sessions/new')
  await page.selectOption('#course', { label: await page.locator('#course option', { hasText: 'CCCCC' }).first().textContent() })
  for (const [part, value] of [['day', '24'], ['month', '11'], ['year', '2026'], ['time', '9am']]) {
    await page.fill(`#starts_at-${part}`, value)
  }
  await page.fill('#venue', unbroken('Venue', 'v'))
  await page.fill('#host', '900001')
  await page.fill('#places', '40')
  await page.selectOption('#trainer', { index: 1 })
  await press(page, 'Schedule session')
  check(await page.locator('.govuk-error-summary').count() === 0, `a long venue is taken: ${await page.locator('.govuk-error-summary').allInnerTexts()}`)
  const session = new URL(page.url()).pathname
  await press(page, 'Confirm session')
  await page.goto(`${session}/attendance/import`)
  const names = [unbroken('Person', 'p'), long('Person', 'P'), 'אדם לדוגמה', stacked]
  await page.fill('#rows', 'Name\tJob\tSchool\n' + names.map((name, i) => `${name}\t${long('Job', 'J').slice(0, 90)}\t${900001 + i}`).join('\n') + '\n')
  const preview = await leads(page, () => page.locator('main button[type=submit], main form button:not([type])').first().click())
  await checkBoth(page, 'long attendance preview', preview)
  await press(page, /^Save/)
  for (const path of [session, `${session}/attendance`, '/training/sessions', '/training/learners?name=person', '/training/courses', '/schools/900001',
    '/schools/900003', '/schools/900001/training', '/schools?name=school', '/schools/coverage/list', '/schools/coverage']) {
    await checkBoth(page, `long ${path}`, await page.goto(path))
  }
  await page.goto(session)
  check((await page.locator('main').innerText()).includes('Person' + 'p'.repeat(184)), 'the long name is there in full')
})

// ---- the checks themselves ----

await test('each check finds a planted fault', async () => {
  const page = await person(browser, demo)
  const faults = async plant => {
    await page.goto('/sign-in')
    await page.evaluate(plant)
    return pageFaults(page)
  }
  check((await pageFaults(await page.goto('/sign-in').then(() => page))).length === 0, 'the page is sound as it is')
  const planted = {
    'a button without a name': () => document.querySelector('main').append(document.createElement('button')),
    'an id that stands twice': () => { document.querySelector('main').insertAdjacentHTML('beforeend', '<p id="email"></p>') },
    'a page that scrolls sideways': () => { document.querySelector('h1').textContent = 'x'.repeat(300); document.querySelector('h1').style.whiteSpace = 'nowrap' },
    'a style that the policy forbids': () => { document.querySelector('main').insertAdjacentHTML('beforeend', '<p style="color: red">x</p>') },
    'a script of another site': () => {
      const script = document.createElement('script')
      script.src = 'https://elsewhere.example/x.js'
      document.head.append(script)
    }
  }
  for (const [name, plant] of Object.entries(planted)) {
    check((await faults(plant)).length > 0, `${name} is found`)
  }
  await page.context().close()
})
await test('the Nu HTML checker', async () => checkHtml())
await browser.close()
await demo.stop()
finish()
