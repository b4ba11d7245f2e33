// What every list and form has by itself: several rows at once with a preview, and conflicts field by field.
import { check, test, finish, startDemo, launch, person, checkPage, checkBoth, press, mainText } from './lib.mjs'

const demo = await startDemo()
const browser = await launch()

await test('several sessions are confirmed at once, without scripts too', async () => {
  for (const scripts of [false, true]) {
    const page = await person(browser, demo, 'co-ordinator', { scripts })
    await page.goto('/training/sessions?state=planned')
    await checkPage(page, `list with boxes, scripts ${scripts}`)
    const boxes = page.locator('input[name=row]')
    const before = await boxes.count()
    check(before >= 2, `sessions to confirm: ${before}`)
    if (scripts) {
      await page.click('text=Select all')
      check(await page.locator('input[name=row]:checked').count() === before, 'all are selected')
      await page.click('text=Select none')
    }
    await boxes.first().check({ force: true })
    await checkBoth(page, 'preview', await press(page, 'Confirm selected sessions'))
    check((await mainText(page)).includes('Will be changed (1)'), 'the preview says which')
    await press(page, 'Confirm selected sessions')
    check((await page.textContent('h1')).includes('1 confirmed'), 'it says what was done')
    await checkPage(page, 'what was done')
    await page.click('text=Back to the list')
    check(await page.locator('input[name=row]').count() === before - 1, 'the list has one less to confirm')
    await press(page, 'Confirm selected sessions')
    check((await mainText(page)).includes('select one or more rows'), 'nothing picked is said')
    await checkPage(page, 'nothing picked')
    await page.context().close()
  }
})

await test('two people change one course', async () => {
  for (const scripts of [false, true]) {
    const one = await person(browser, demo, 'co-ordinator', { scripts })
    const two = await person(browser, demo, 'training-officer')
    await one.goto('/training/courses')
    await one.locator('tbody a').first().click()
    const path = new URL(one.url()).pathname + '/edit'
    await one.goto(path)
    await two.goto(path)
    const title = await one.inputValue('#title')
    await two.fill('#title', `${title}, theirs`)
    await two.fill('#duration_minutes', scripts ? '61' : '62')
    await press(two, 'Save changes')
    await one.fill('#title', `${title}, mine`)
    await checkBoth(one, `conflict, scripts ${scripts}`, await press(one, 'Save changes'))
    const text = await mainText(one)
    check(/changed it on 24 November 2026/.test(text), 'it says who and when')
    check(text.includes(`Use what you entered: ${title}, mine`), 'mine can be chosen')
    check(await one.inputValue('#duration_minutes') === (scripts ? '61' : '62'), 'what only they changed is taken over')
    await one.getByLabel('Keep what it is now').check()
    await press(one, 'Save changes')
    check((await mainText(one)).includes(`${title}, theirs`), 'theirs is kept')
    await one.context().close()
    await two.context().close()
  }
})

await browser.close()
await demo.stop()
finish()
