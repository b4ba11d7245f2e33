// Was the training any good: a session reviewed and rated, a package whose maker refuses access, without scripts and at
// 320 px too.
import { check, test, finish, startDemo, launch, person, checkPage } from './lib.mjs'

const demo = await startDemo()
const browser = await launch()

async function text (page) {
  return page.textContent('main')
}

await test('a session is reviewed, rated and finished', async () => {
  const page = await person(browser, demo, 'co-ordinator')
  await page.goto('/training/sessions?state=closed&sort=latest')
  await page.locator('tbody a').first().click()
  await page.click('main >> text=Open a quality review')
  await checkPage(page, 'open a review')
  await page.click('main button[type=submit]')
  check((await text(page)).includes('Quality review'), 'the review is opened with two presses')
  await checkPage(page, 'review opened')
  await page.click('main >> text=Record that you asked for the material')
  await checkPage(page, 'material asked for')
  await page.click('main button[type=submit]')
  await page.click('main >> text=Record what you saw')
  await page.check('input[name=method][value=observation]')
  await page.check('input[name=access][value=full]')
  await page.click('main button[type=submit]')
  await page.click('main >> text=Rate it')
  await checkPage(page, 'rating')
  await page.click('main button[type=submit]')
  check(await page.locator('.govuk-error-summary').count() === 1, 'an empty rating is asked for again')
  await checkPage(page, 'rating with problems')
  for (const key of ['law', 'guidance', 'referral', 'ideologies', 'interactive', 'safeguarding', 'equality', 'speech']) {
    await page.check(`input[name=rating-${key}][value="3"]`)
  }
  await page.check('input[name=forms][value=islamist]')
  await page.check('input[name=case_studies][value=yes]')
  await page.check('input[name=overall][value="3"]')
  await page.fill('#summary', 'Clear, one more case would help')
  await page.click('main button[type=submit]')
  check(await page.getByText('Rating recorded').count() === 1, `rated: ${(await page.locator('.govuk-error-summary').allTextContents()).join()}`)
  await checkPage(page, 'review rated')
  await page.click('main >> text=Record what was done')
  await page.fill('#done', 'A case was added')
  await page.click('main button[type=submit]')
  check(await page.locator('.govuk-tag', { hasText: 'Finished' }).count() === 1, 'finished')
  await page.context().close()
})

await test('access refused, without scripts', async () => {
  const page = await person(browser, demo, 'training-officer', { scripts: false })
  await page.goto('/training/reviews')
  const refused = async () => Number(await page.locator('.app-tile', { hasText: 'Access refused' })
    .locator('.app-tile__value').textContent())
  const before = await refused()
  await page.goto('/training/reviews/new/package')
  await page.fill('#package', 'Slides of a private provider')
  await page.click('main button[type=submit]')
  await page.click('main >> text=Record that you asked for the material')
  await page.click('main button[type=submit]')
  await page.click('main >> text=Access was refused')
  await page.fill('#refusal', 'The slides are not shown outside our own sessions')
  await page.click('main button[type=submit]')
  check(await page.locator('.govuk-tag', { hasText: 'Access refused' }).count() === 1, 'refused is an end')
  check(await page.locator('main .govuk-button-group a').count() === 0, 'nothing more to do')
  await page.goto('/training/reviews')
  check(await refused() === before + 1, 'it is counted')
  await page.context().close()
})

await test('a school claims training done elsewhere, an officer verifies several', async () => {
  const lead = await person(browser, demo, 'school-lead', { width: 320 })
  await lead.goto('/training/evidence/new')
  await checkPage(lead, 'claim at 320 px')
  await lead.selectOption('#course', { index: 1 })
  await lead.fill('[name=completed_on-day]', '2')
  await lead.fill('[name=completed_on-month]', '11')
  await lead.fill('[name=completed_on-year]', '2026')
  await lead.fill('#staff', '14')
  await lead.check('input[name=kind][value=certificate]')
  await lead.click('main button[type=submit]')
  check(await lead.locator('.govuk-tag', { hasText: 'Claimed' }).count() === 1, 'claimed')
  await checkPage(lead, 'a claim at 320 px')
  await lead.context().close()
  const page = await person(browser, demo, 'training-officer', { scripts: false })
  await page.goto('/training/evidence/several')
  await page.locator('input[name=evidence]').nth(0).check()
  await page.locator('input[name=evidence]').nth(1).check()
  await page.click('main button[type=submit]')
  await page.click('main button[type=submit]')
  check(await page.locator('.govuk-error-summary').count() === 1, 'not without a document')
  await page.check('input[name=seen][value=certificate]')
  await page.fill('#document', 'C-2026-11')
  await page.click('main button[type=submit]')
  check(await page.getByText('2 verified').count() === 1, 'two verified at once')
  await page.context().close()
})

await test('pages of quality, wide and at 320 px', async () => {
  for (const width of [1280, 320]) {
    const page = await person(browser, demo, 'co-ordinator', { width })
    for (const path of ['/training/reviews', '/training/reviews/new', '/training/reviews/new/trainer',
      '/training/reviews/new/package', '/training/rubric', '/training/rubric/new', '/training/evidence', '/training/evidence/new', '/training/evidence/several',
      '/training/evidence?urn=nonsense', '/training/reviews?due=follow-up']) {
      await page.goto(path)
      await checkPage(page, `${path} at ${width}`)
    }
    await page.locator('tbody a').first().click()
    await checkPage(page, `a review at ${width}`)
    await page.context().close()
  }
})

await browser.close()
await demo.stop()
finish()
