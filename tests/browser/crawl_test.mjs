// Every page that a role can reach from its navigation, in the states that the demonstration holds:
// axe, the Nu HTML checker, console, reflow at 320 px; and no link that leads nowhere.
import { startDemo, launch, person, check, test, finish, checkPage, htmlFaults } from './lib.mjs'

const demo = await startDemo()
const browser = await launch()
const raw = new Map()

// Pages of one shape are looked at a few times only: the n-th session is like the first.
function shape (path) {
  return path.replace(/\?.*/, '').split('/').map(part => /^[0-9]{5,}$|^(?=.*[0-9])[0-9A-Z]{4,}$|^[A-Z]{5}$/.test(part) ? '*' : part).join('/')
}

async function crawl (role, perShape) {
  const page = await person(browser, demo, role)
  const queue = ['/']
  const seen = new Set(queue)
  const shapes = new Map()
  while (queue.length > 0) {
    const path = queue.shift()
    const key = shape(path)
    if ((shapes.get(key) || 0) >= perShape) {
      continue
    }
    shapes.set(key, (shapes.get(key) || 0) + 1)
    const answer = await page.request.get(path, { maxRedirects: 0 })
    const status = answer.status()
    check(status === 200 || status === 303, `${role} ${path}: status ${status}`)
    if (status !== 200 || !(answer.headers()['content-type'] || '').startsWith('text/html')) {
      continue
    }
    raw.set(`${role} ${path}`, await answer.text())
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(path)
    await checkPage(page, `${role} ${path}`)
    await page.setViewportSize({ width: 320, height: 640 })
    await checkPage(page, `${role} ${path} at 320 px`, { axe: false })
    const links = await page.$$eval('a[href]', as => as.map(a => a.getAttribute('href')))
    for (const href of links) {
      if (!href.startsWith('/') && !href.startsWith('?')) {
        continue
      }
      const url = new URL(href, new URL(path, demo.address))
      const next = url.pathname + url.search
      if (!seen.has(next)) {
        seen.add(next)
        queue.push(next)
      }
    }
  }
  await page.context().close()
  return shapes
}

const roles = ['co-ordinator', 'administrator', 'training-officer', 'trainer', 'school-lead', 'councillor', 'auditor']
for (const role of roles) {
  await test(`crawl as ${role}`, async () => {
    const shapes = await crawl(role, role === 'co-ordinator' ? 3 : 1)
    console.log(`      ${shapes.size} kinds of page`)
    check(shapes.size >= 3, `${role} reaches ${shapes.size} kinds of page`)
  })
}
await test('pages for nobody and errors', async () => {
  const page = await person(browser, demo)
  for (const path of ['/sign-in', '/accessibility', '/privacy', '/cookies', '/no-such-page', '/f/NOSUCH']) {
    await page.goto(path)
    await checkPage(page, `nobody ${path}`)
    raw.set(`nobody ${path}`, await (await page.request.get(path)).text())
  }
})
await test('the Nu HTML checker', async () => {
  const faults = await htmlFaults(raw)
  faults.slice(0, 30).forEach(line => console.log(`      ${line}`))
  check(faults.length === 0, `${faults.length} faults in the HTML of ${raw.size} pages`)
  const planted = await htmlFaults(new Map([['planted', '<!DOCTYPE html><html lang="en"><title>x</title><p><div></p></html>']]))
  check(planted.length > 0, 'the checker finds a planted fault')
})
await browser.close()
await demo.stop()
finish()
