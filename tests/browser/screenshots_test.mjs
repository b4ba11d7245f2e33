// The README's pictures, made from the demonstration: what they show is what the program does today.
// `make screenshots` writes them to docs/screenshots; in `make check` they go to the build folder.
import { statSync } from 'node:fs'
import { startDemo, launch, person, check, test, finish, screenshotPath } from './lib.mjs'

const demo = await startDemo()
const browser = await launch()

async function picture (page, name, path) {
  const answer = await page.goto(path)
  check(answer.status() === 200, `${name}: status ${answer.status()}`)
  const file = screenshotPath(name)
  await page.screenshot({ path: file })
  const size = statSync(file).size
  check(size > 3000 && size < 150000, `${name}: ${size} bytes`)
}

// Where the first link leads whose text or address fits.
async function first (page, list, selector) {
  await page.goto(list)
  return page.getAttribute(selector, 'href')
}

await test('staff pages at 1280 px', async () => {
  const page = await person(browser, demo, 'co-ordinator', { width: 1280, height: 900 })
  const session = await first(page, '/training/sessions?state=delivered&sort=latest', 'tbody a')
  const note = await first(page, '/reports/notes', 'th a:text("Prevent Strategy"), td a:text("Prevent Strategy")')
  const school = await first(page, '/schools/coverage/list?training=directly&trained=directly', 'th a, td a')
  await picture(page, 'today', '/')
  await picture(page, 'sessions', '/training/sessions')
  await picture(page, 'session', session)
  await picture(page, 'attendance', `${session}/attendance`)
  await picture(page, 'coverage', '/schools/coverage')
  await picture(page, 'due', '/training/due')
  await picture(page, 'reviews', '/training/reviews')
  await picture(page, 'school', school)
  await picture(page, 'note', note)
  await picture(page, 'figure', '/reports/figures/better-understanding?from=2015-10-01&to=2017-01-31')
  await picture(page, 'import', await first(page, '/schools/imports', 'th a, td a'))
  await page.goto(session)
  const code = (await page.content()).match(/\/f\/([A-Z0-9]+)/)[1]
  const phone = await person(browser, demo, null, { width: 360, height: 720 })
  await picture(phone, 'feedback-phone', `/f/${code}`)
  await picture(phone, 'booking-phone', await first(phone, '/training-calendar', 'tbody a'))
})
await test('coverage on a phone', async () => {
  const page = await person(browser, demo, 'co-ordinator', { width: 360, height: 720 })
  await picture(page, 'coverage-phone', '/schools/coverage')
})
await browser.close()
await demo.stop()
finish()
