// Bookings: the public books a place without an account and without scripts, in at most four pages; the waiting list moves;
// the team sees who is to be told.
import { check, test, finish, startDemo, launch, person, checkPage } from './lib.mjs'

const demo = await startDemo()
const browser = await launch()

async function book (page, link, name) {
  let pages = 1
  const count = () => { pages++ }
  await page.goto('/training-calendar')
  page.on('framenavigated', count)
  await page.click(`a[href="${link}"]`)
  await page.fill('#name', name)
  await page.fill('#email', `${name.toLowerCase().replace(' ', '.')}@works.example`)
  await page.fill('#school', 'Harbour Youth Club')
  await page.click('main button[type=submit]')
  await page.click('text=/Book this place|Join the waiting list/')
  page.off('framenavigated', count)
  return pages
}

await test('a place booked by link, wide and at 320 px, in at most four pages', async () => {
  for (const width of [1280, 320]) {
    const page = await person(browser, demo, null, { width })
    await page.goto('/training-calendar')
    await checkPage(page, `training calendar at ${width}`)
    const link = await page.locator('tbody a').first().getAttribute('href')
    await page.goto(link)
    await checkPage(page, `booking form at ${width}`)
    await page.click('main button[type=submit]')
    check(await page.locator('.govuk-error-summary').count() === 1, 'an empty form is asked for again')
    await checkPage(page, `booking form with problems at ${width}`)
    await page.fill('#name', `Wide ${'a'.repeat(width / 160)}`)
    await page.fill('#email', `wide${width}@works.example`)
    await page.fill('#school', 'Harbour Youth Club')
    await page.click('main button[type=submit]')
    await checkPage(page, `booking checked at ${width}`)
    await page.click('text=/Book this place|Join the waiting list/')
    check(/You have a place|You are on the waiting list/.test(await page.textContent('main')), 'what was booked is told')
    await checkPage(page, `own booking at ${width}`)
    await page.context().close()
  }
})

await test('the waiting list moves, without scripts', async () => {
  const officer = await person(browser, demo, 'training-officer')
  await officer.goto('/training/sessions?state=confirmed')
  await officer.goto('/training/book')
  await checkPage(officer, 'sessions to book')
  const ada = await person(browser, demo, null, { scripts: false, width: 320, height: 640 })
  await ada.goto('/training-calendar')
  const full = ada.locator('tbody tr', { hasText: 'Full' }).first()
  const link = await full.locator('a').getAttribute('href')
  const pages = await book(ada, link, 'Ada Quill')
  check(pages <= 4, `booking takes ${pages} pages`)
  const position = Number((await ada.textContent('main')).match(/Number (\d+) on the waiting list/)[1])
  const own = new URL(ada.url()).pathname
  await officer.goto('/training/book')
  await officer.locator('tbody tr', { hasText: 'Full' }).first().locator('a').click()
  await checkPage(officer, 'book a place, full')
  await officer.goto(new URL(officer.url()).pathname.replace(/book$/, 'bookings'))
  await checkPage(officer, 'bookings')
  for (let i = 0; i < position; i++) {
    await officer.locator('a', { hasText: 'Cancel or move' }).first().click()
    if (i === 0) await checkPage(officer, 'one booking')
    await officer.click('text=Cancel the booking')
  }
  await ada.goto(own)
  check((await ada.textContent('main')).includes('You have a place'), 'the place is given to who waited')
  await officer.goto('/training/people-to-tell')
  await checkPage(officer, 'people to tell')
  await officer.click('text=Ada Quill')
  await checkPage(officer, 'people to tell of one session')
  await officer.locator('tr', { hasText: 'Ada Quill' }).locator('input').check()
  await officer.click('text=Mark as told')
  check((await officer.textContent('main')).includes('Ada Quill') === false, 'who was told is off the list')
  await ada.click('text=Move to another session')
  await checkPage(await ada, 'move to another session')
  await ada.goto(own + '/cancel')
  await ada.click('main button[type=submit]')
  check((await ada.textContent('main')).includes('Your booking is cancelled'), 'cancelled')
  for (const page of [officer, ada]) {
    await page.context().close()
  }
})

await browser.close()
await demo.stop()
finish()
