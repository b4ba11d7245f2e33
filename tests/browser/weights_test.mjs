// What a page weighs on the wire, counted by the browser with compression and headers: a first view of a
// public page at most 60 KB and 6 requests, of a staff page at most 100 KB; a later view one request.
// And: nothing comes from elsewhere, and every answer has the content security policy.
import { startDemo, launch, person, check, same, test, finish, leads } from './lib.mjs'

const KB = 1000
const browser = await launch()
const demo = await startDemo()

// One load of the page: what went over the wire, by the browser's own count (DevTools protocol).
async function load (page, path) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const requests = new Map()
  session.on('Network.requestWillBeSent', e => requests.set(e.requestId, { url: e.request.url, bytes: 0, cached: false }))
  session.on('Network.requestServedFromCache', e => { requests.get(e.requestId).cached = true })
  session.on('Network.responseReceived', e => Object.assign(requests.get(e.requestId), {
    headers: Object.fromEntries(Object.entries(e.response.headers).map(([name, value]) => [name.toLowerCase(), value])),
    status: e.response.status,
    cached: requests.get(e.requestId).cached || e.response.fromDiskCache || e.response.fromPrefetchCache
  }))
  session.on('Network.loadingFinished', e => { Object.assign(requests.get(e.requestId), { bytes: e.encodedDataLength, ended: true }) })
  session.on('Network.loadingFailed', e => { requests.get(e.requestId).ended = true })
  await page.goto(path, { waitUntil: 'networkidle' })
  // The icon is no part of what a page waits for.
  for (let i = 0; i < 200 && [...requests.values()].some(r => !r.ended && !r.url.startsWith('data:')); i++) await page.waitForTimeout(50)
  await session.detach()
  const all = [...requests.values()].filter(r => !r.url.startsWith('data:'))
  const wire = all.filter(r => !r.cached)
  return { all, requests: wire.length, bytes: wire.reduce((sum, r) => sum + r.bytes, 0) }
}

function sound (name, view) {
  for (const r of view.all) {
    same(new URL(r.url).origin, demo.address, `${name}: where ${r.url} comes from`)
    if (!r.cached) {
      const policy = r.headers?.['content-security-policy'] || ''
      check(policy.includes("default-src 'none'") && !policy.includes('unsafe'), `${name}: ${r.url} has the policy: ${policy}`)
      same(r.headers?.['x-content-type-options'], 'nosniff', `${name}: ${r.url}`)
    }
  }
}

async function weigh (page, name, path, kilobytes, requests) {
  const first = await load(page, path)
  console.log(`      ${name}: ${(first.bytes / KB).toFixed(1)} KB in ${first.requests} requests`)
  check(first.bytes > KB && first.bytes <= kilobytes * KB, `${name}: ${first.bytes} bytes, at most ${kilobytes} KB`)
  check(first.requests <= requests, `${name}: ${first.requests} requests, at most ${requests}: ${first.all.map(r => r.url)}`)
  sound(name, first)
  const later = await load(page, path)
  check(later.requests === 1, `${name} again: ${later.requests} requests: ${later.all.filter(r => !r.cached).map(r => r.url)}`)
}

// The cookie of one sign-in serves windows whose cache is empty.
const staff = await person(browser, demo, 'co-ordinator')
const { cookies } = await staff.context().storageState()
await staff.goto('/training/sessions?state=delivered&sort=latest')
await leads(staff, () => staff.locator('tbody a').first().click())
const session = new URL(staff.url()).pathname
const form = await staff.locator('a[href^="/f/"]').first().getAttribute('href')
await staff.goto('/reports/notes')
const note = await staff.locator('tbody a').last().getAttribute('href') // published
const draft = await staff.locator('tbody a').first().getAttribute('href')

await test('public pages: 60 KB and 6 requests', async () => {
  for (const [name, path] of [['feedback form', form], ['sign-in', '/sign-in'], ['privacy notice', '/privacy']]) {
    const page = await person(browser, demo)
    await weigh(page, name, path, 60, 6)
    await page.context().close()
  }
})

await test('staff pages: 100 KB', async () => {
  for (const path of ['/', '/training/sessions', session, `${session}/attendance`, '/schools', '/schools/coverage', '/schools/coverage/list',
    '/training/learners', note, draft, `${draft}/edit`, '/reports/figures']) {
    const page = await person(browser, demo)
    await page.context().addCookies(cookies)
    await weigh(page, path, path, 100, 8)
    await page.context().close()
  }
})

await test('errors, redirects and files have the policy too', async () => {
  for (const [path, status] of [['/no-such-page', 404], ['/schools/999999', 404], ['/settings/users', 403], ['/schools.csv', 200],
    ['/schools.json', 200], ['/schools/imports', 200], ['/favicon.ico', 404]]) {
    const answer = await staff.request.get(path, { maxRedirects: 0 })
    same(answer.status(), status, path)
    check((answer.headers()['content-security-policy'] || '').includes("default-src 'none'"), `${path} has the policy`)
  }
  const nobody = await person(browser, demo)
  const away = await nobody.request.get('/schools', { maxRedirects: 0 })
  same(away.status(), 303, 'a page of staff for nobody')
  check((away.headers()['content-security-policy'] || '').includes("default-src 'none'"), 'a redirect has the policy')
})

await browser.close()
await demo.stop()
finish()
