// What every list and form has by itself: several rows at once with a preview, conflicts field by field, drafts, saved views.
import { check, test, finish, startDemo, launch, person, checkPage, checkBoth, press, follow, mainText, signIn } from './lib.mjs'

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

await test('a long form is put aside and taken up again', async () => {
  for (const scripts of [false, true]) {
    const page = await person(browser, demo, 'co-ordinator', { scripts })
    await page.goto('/training/courses/new')
    await page.fill('#title', 'Half a title')
    await page.fill('#objectives', 'Know the signs')
    if (scripts) {
      await page.waitForSelector('text=Draft saved') // by itself, after a pause
    } else {
      await press(page, 'Save and come back later')
      check((await mainText(page)).includes('Unfinished: Add a course'), 'Today has it')
    }
    await page.goto('/training/courses/new')
    await checkBoth(page, `a draft is there, scripts ${scripts}`)
    await follow(page, 'Continue with the draft')
    check(await page.inputValue('#title') === 'Half a title', 'the title is there again')
    check(await page.inputValue('#objectives') === 'Know the signs', 'the long text is there again')
    await page.goto('/training/courses/new')
    await press(page, 'Discard the draft')
    check(!(await mainText(page)).includes('unsaved draft'), 'it is gone')
    await page.context().close()
  }
})

await test('signed out while typing: everything is still there', async () => {
  const page = await person(browser, demo, 'co-ordinator', { scripts: false })
  await page.goto('/training/courses/new')
  await page.fill('#title', 'Typed for an hour')
  const other = await page.context().newPage()
  await other.goto('/')
  await other.getByRole('button', { name: 'Sign out' }).click()
  await press(page, 'Save and come back later')
  check((await mainText(page)).includes('not lost'), 'the page keeps it')
  await signIn(other, demo.accounts['co-ordinator'])
  await press(page, 'Continue')
  await press(page, 'Save the draft')
  await page.goto('/training/courses/new?draft=continue')
  check(await page.inputValue('#title') === 'Typed for an hour', 'what was typed is there')
  await press(page, 'Save and come back later')
  await page.context().close()
})

await test('a view of a list is saved and removed', async () => {
  for (const scripts of [false, true]) {
    const page = await person(browser, demo, 'co-ordinator', { scripts })
    await page.goto('/training/sessions?state=delivered&sort=latest')
    await page.click('text=Save this view')
    await page.fill('#view_name', 'To be closed')
    await press(page, 'Save view')
    await checkBoth(page, `list with a view, scripts ${scripts}`)
    await page.goto('/training/sessions')
    await follow(page, 'To be closed')
    check(page.url().endsWith('/training/sessions?state=delivered&sort=latest'), 'the view is its address')
    await page.click('text=Save this view')
    await press(page, 'Remove “To be closed”')
    check(!(await mainText(page)).includes('Your views'), 'it is gone')
    await page.context().close()
  }
})

await browser.close()
await demo.stop()
finish()
