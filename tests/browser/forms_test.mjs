// What every list and form has by itself: several rows at once with a preview.
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

await browser.close()
await demo.stop()
finish()
