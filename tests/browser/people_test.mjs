// Agencies and their contacts, people outside a payroll, a list imported without scripts, two records joined and taken
// apart again; every page looked at on the way, wide and at 320 px.
import { check, test, finish, startDemo, launch, person, checkPage } from './lib.mjs'

const demo = await startDemo()
const browser = await launch()
const shots = process.env.PEOPLE_SHOTS

async function look (page, name) {
  await checkPage(page, name)
  if (shots) {
    await page.screenshot({ path: `${shots}/${name.replace(/\W+/g, '-')}.png`, fullPage: true })
  }
}
const submit = page => page.click('main button[type=submit] >> nth=0')
const text = page => page.textContent('main')

await test('an agency, its team, its contact, who leaves', async () => {
  const page = await person(browser, demo, 'co-ordinator')
  await page.goto('/')
  await page.click('nav >> text=Partnership')
  await look(page, 'agencies')
  await page.click('text=Add an agency')
  await submit(page)
  check(await page.locator('.govuk-error-summary').count() === 1, 'nothing entered is told')
  await look(page, 'agency empty form')
  await page.fill('#name', 'Newbridge Ambulance Trust')
  await page.check('input[name=sch6][value=hs]')
  await page.selectOption('#sector', 'health')
  await submit(page)
  await look(page, 'agency new')
  await page.click('text=Add a team')
  await page.fill('#name', 'Control room')
  await submit(page)
  await page.click('text=Add a contact')
  await page.fill('#name', 'Ottoline Ferrars')
  await page.selectOption('#kind', 'prevent-lead')
  await page.selectOption('#body', { label: 'Newbridge Ambulance Trust: Control room' })
  await look(page, 'contact form')
  await submit(page)
  await look(page, 'contact')
  await page.click('text=They have left')
  await page.fill('[name=to_on-day]', '20')
  await page.fill('[name=to_on-month]', '11')
  await page.fill('[name=to_on-year]', '2026')
  await submit(page)
  check((await text(page)).includes('20 November 2026'), 'the last day is kept')
  await page.goto('/partnership/contacts?find=Ottoline')
  check(!(await text(page)).includes('Ottoline Ferrars'), 'who left is not among those in post')
  await page.goto('/partnership/contacts?find=Ottoline&presence=left')
  check((await text(page)).includes('Ottoline Ferrars'), 'and is not lost')
  await page.context().close()
})

await test('a list of people without scripts', async () => {
  const page = await person(browser, demo, 'training-officer', { scripts: false })
  await page.goto('/training/learners/import')
  await submit(page)
  check(await page.locator('.govuk-error-summary').count() === 1, 'an empty list is asked for again')
  await page.fill('#rows', 'Name\tEmail\tStanding\tAudience\nUma Teal\tuma@post.example\tfoster-carer\tfoster-carers\nVic Stone\tnobody\t\t\n')
  await submit(page)
  check((await text(page)).includes('Nothing is saved yet. 2 rows read: 1 new'), 'a preview comes first')
  await page.click('text=Save 1 row and leave out 1')
  check((await text(page)).includes('People saved: 1 added'), 'the good row is saved')
  await page.goto('/training/learners?find=Uma')
  check((await text(page)).includes('Uma Teal'), 'and is found')
  await page.context().close()
})

await test('two records of one person', async () => {
  const page = await person(browser, demo, 'co-ordinator')
  await page.goto('/training/learners/duplicates?sort=mailbox')
  await look(page, 'duplicates')
  await page.locator('tbody a').first().click()
  const pair = new URL(page.url()).pathname
  await look(page, 'side by side')
  await page.click('text=Join the two records')
  check((await text(page)).includes('was joined into this one'), 'joined')
  await look(page, 'joined')
  const [, first, second] = pair.match(/learners\/(\w+)\/merge\/(\w+)/)
  const gone = page.url().includes(first) ? second : first
  await page.goto(`/training/learners/${gone}`)
  check(!page.url().includes(gone), 'the address of the other leads here')
  await page.click(`text=Take ${gone} apart again`)
  check((await text(page)).includes('apart again'), 'apart again')
  await page.goto(pair)
  await page.click('text=These are two people')
  await page.goto('/training/learners/duplicates?sort=mailbox')
  check((await text(page)).includes('There are no two records'), 'told apart they are not shown again')
  await page.context().close()
})

await test('pages of people, wide and at 320 px', async () => {
  for (const width of [1280, 320]) {
    const page = await person(browser, demo, 'co-ordinator', { width })
    for (const path of ['/partnership/agencies', '/partnership/contacts', '/partnership/contacts/new', '/training/learners',
      '/training/learners?standing=foster-carer', '/training/learners/new', '/training/learners/import',
      '/training/learners/duplicates']) {
      await page.goto(path)
      await look(page, `${path} at ${width}`)
    }
    await page.goto('/training/learners/duplicates')
    await page.locator('tbody a').last().click()
    await look(page, `a pair at ${width}`)
    await page.goto('/partnership/agencies?find=children')
    await page.locator('tbody a').first().click()
    await look(page, `agency at ${width}`)
    await page.goto('/training/learners?standing=foster-carer')
    await page.locator('tbody a').first().click()
    await look(page, `person at ${width}`)
    await page.click('text=Change this person')
    await look(page, `change a person at ${width}`)
    await page.context().close()
  }
})

await browser.close()
await demo.stop()
finish()
