// What every browser test shares: the product on a scratch store, a browser, people signing in,
// checks of a page (axe, Nu HTML checker, console, ids, reflow), and the count of what passed.
import { spawn, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, readFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

export const today = '2026-11-24'
const require = createRequire(import.meta.url)
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const binary = resolve(process.env.DUEREGARD || 'build/dueregard')

// ---- counting ----

let passed = 0
let failed = 0

export function check (ok, what) {
  if (ok) {
    passed++
  } else {
    failed++
    console.log(`FAIL: ${what}`)
  }
  return ok
}

export function same (got, want, what) {
  return check(got === want, `${what}: ${JSON.stringify(got)}, not ${JSON.stringify(want)}`)
}

export async function test (name, run) {
  const before = failed
  const started = Date.now()
  try {
    await run()
  } catch (error) {
    failed++
    console.log(`FAIL: ${name}: ${String(error.stack || error).split('\n').slice(0, 12).join('\n      ')}`)
  }
  console.log(`${failed === before ? 'ok  ' : 'BAD '} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}

export function finish () {
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}

// ---- the product ----

export function command (args, options = {}) {
  return execFileSync(binary, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options })
}

export function scratch () {
  return mkdtempSync(join(tmpdir(), 'dueregard-browser-'))
}

// The demonstration on a scratch directory, served on a free port. { address, data, accounts, stop }
export async function startDemo () {
  const dir = scratch()
  const made = JSON.parse(command(['demo', '--data', join(dir, 'demo'), '--today', today, '--format', 'json']))
  return withFolder(await serve(join(dir, 'demo')), dir, {
    accounts: Object.fromEntries(made.accounts.map(a => [a.role, a]))
  })
}

// A store without any school, as `init` leaves it. { address, data, link (path of the one-time link), stop }
export async function startEmpty (...more) {
  const dir = scratch()
  const data = join(dir, 'new')
  const said = command(['init', '--data', data, ...more])
  const link = said.match(/\/(?:set-up|welcome)\/\S+/)
  if (link === null) {
    throw new Error(`no one-time link in: ${said}`)
  }
  return withFolder(await serve(data), dir, { said, link: link[0] })
}

function withFolder (served, dir, more) {
  return {
    ...served,
    ...more,
    async stop () {
      await served.stop()
      rmSync(dir, { recursive: true, force: true })
    }
  }
}

export function serve (data) {
  const child = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--today', today], {
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let errors = ''
  child.stderr.on('data', chunk => { errors += chunk })
  return new Promise((resolve, reject) => {
    let out = ''
    const timer = setTimeout(() => reject(new Error(`did not start: ${out} ${errors}`)), 20000)
    child.on('exit', code => reject(new Error(`ended with ${code}: ${errors}`)))
    child.stdout.on('data', chunk => {
      out += chunk
      const found = out.match(/http:\/\/127\.0\.0\.1:\d+/)
      if (found) {
        clearTimeout(timer)
        resolve({
          address: found[0],
          data,
          errors: () => errors,
          stop: () => new Promise(resolve => {
            child.removeAllListeners('exit')
            child.on('exit', resolve)
            child.kill('SIGTERM')
          })
        })
      }
    })
  })
}

// ---- people ----

export async function launch () {
  const config = scratch() // else Chromium makes a folder in the person's own
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    env: { ...process.env, XDG_CONFIG_HOME: config }
  })
  browser.on('disconnected', () => rmSync(config, { recursive: true, force: true }))
  return browser
}

// A window of one person: signed in when a role is given. scripts: false switches scripts off.
// What the console says is kept as complaints: a violation of the content security policy is one.
export async function person (browser, demo, role, { scripts = true, width = 1280, height = 900 } = {}) {
  const context = await browser.newContext({
    baseURL: demo.address,
    viewport: { width, height },
    javaScriptEnabled: scripts
  })
  context.setDefaultTimeout(15000)
  const page = await context.newPage()
  page.scripts = scripts
  listen(page)
  if (role) {
    await signIn(page, demo.accounts[role])
  }
  return page
}

function listen (page) {
  page.complaints = []
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type()) && !/status of 4\d\d/.test(message.text())) {
      page.complaints.push(message.text())
    }
  })
  page.on('pageerror', error => page.complaints.push(String(error)))
}

export async function signIn (page, account) {
  await page.goto('/sign-in')
  await page.fill('[name=email]', account.email)
  await page.fill('[name=password]', account.password)
  await page.click('main button.govuk-button:not(.govuk-password-input__toggle)')
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
}

// Does something that leads to another page and returns the answer that this page came with.
export async function leads (page, act) {
  const [answer] = await Promise.all([page.waitForNavigation(), act()])
  return answer
}

// Presses the button of that name (a substring is enough) or follows the link.
export function press (page, name) {
  return leads(page, () => page.getByRole('button', { name }).first().click())
}

export function follow (page, name) {
  return leads(page, () => page.getByRole('link', { name }).first().click())
}

export function mainText (page) {
  return page.locator('main').innerText()
}

// Fields by their names.
export async function fillAll (page, values) {
  for (const [name, value] of Object.entries(values)) {
    await page.fill(`[name="${name}"]`, value)
  }
}

// A package that a provider does not show: asked for, refused, and why.
export async function refusePackage (page, name, reason) {
  await page.goto('/training/reviews/new/package')
  await page.fill('#package', name)
  await page.click('main button[type=submit]')
  await page.click('main >> text=Record that you asked for the material')
  await page.click('main button[type=submit]')
  await page.click('main >> text=Access was refused')
  await page.fill('#refusal', reason)
  await page.click('main button[type=submit]')
}

// The page on paper, as text.
export async function printed (page) {
  const dir = scratch()
  const pdf = join(dir, 'page.pdf')
  try {
    await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: false })
    return execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

// ---- what every page must keep to ----

const served = new Map() // raw HTML of pages looked at, for the Nu HTML checker

// What is wrong with the page as it stands, one line each.
export async function pageFaults (page, { axe = true } = {}) {
  const faults = []
  if (axe && page.scripts) { // axe needs timers, which a page without scripts has not
    await page.evaluate(axeSource)
    const result = await page.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations']
    }))
    for (const violation of result.violations) {
      faults.push(`axe ${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')}`)
    }
  }
  const found = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id)
    return {
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      twice: ids.filter((id, i) => ids.indexOf(id) !== i)
    }
  })
  if (found.wide > 0) {
    faults.push(`scrolls sideways by ${found.wide} px at ${page.viewportSize().width} px`)
  }
  if (found.twice.length > 0) {
    faults.push(`ids that stand twice: ${found.twice}`)
  }
  faults.push(...page.complaints.map(said => `the console says ${said}`))
  page.complaints.length = 0
  return faults
}

// `name` says page and state; `answer` is what it came with (leads(), goto()).
export async function checkPage (page, name, { axe = true, answer = null } = {}) {
  if (answer) {
    served.set(name, await answer.text())
  }
  const faults = await pageFaults(page, { axe })
  check(faults.length === 0, `${name}: ${faults.join('; ')}`)
}

// The same page wide, and narrow as a phone or at 400% zoom (WCAG 1.4.10).
export async function checkBoth (page, name, answer) {
  await page.setViewportSize({ width: 1280, height: 900 })
  await checkPage(page, name, { answer })
  await page.setViewportSize({ width: 320, height: 640 })
  await checkPage(page, `${name}, at 320 px`, { axe: false })
}

// Pages of one shape are looked at a bounded number of times: the n-th session is like the first.
// References and URNs are of digits and capitals, words of addresses are not.
export function shape (path) {
  return path.replace(/\?.*/, '').split('/').map(part => /^[0-9A-Z]+$/.test(part) ? '*' : part).join('/')
}

// Follows every link from the start page: `look` pages of a shape are looked at, and the answers of
// `ask` more are asked for. Returns path and times by shape.
export async function crawl (page, who, { look = 1, ask = 4, from = '/' } = {}) {
  const queue = [from]
  const seen = new Map([[from, '']])
  const shapes = new Map()
  const origin = new URL(page.url()).origin
  while (queue.length > 0) {
    const path = queue.shift()
    const key = shape(path)
    const times = shapes.get(key) || 0
    if (times >= look + ask) {
      continue
    }
    shapes.set(key, times + 1)
    if (times >= look || /\.(csv|json|md|ods|odt|ics)(\?|$)|\/certificates\/links$/.test(path)) {
      const answer = await page.request.get(path, { maxRedirects: 0 })
      check([200, 303].includes(answer.status()), `${who} ${path}, linked from ${seen.get(path)}: status ${answer.status()}`)
      continue
    }
    const answer = await page.goto(path)
    check(answer.status() === 200, `${who} ${path}, linked from ${seen.get(path)}: status ${answer.status()}`)
    const links = await page.$$eval('a[href]', as => as.map(a => a.href))
    await checkBoth(page, `${who} ${path}`, answer)
    for (const href of links) {
      const url = new URL(href)
      const next = url.pathname + url.search
      check(url.origin === origin || url.protocol === 'https:', `${who} ${path}: a link to ${href}`)
      if (url.origin === origin && !seen.has(next)) {
        seen.set(next, path)
        queue.push(next)
      }
    }
  }
  return shapes
}

// The HTML as it was served goes to the Nu checker, all of it in one run, so that what scripts add is
// not judged.
export function htmlFaults (files = served) {
  const dir = scratch()
  const paths = []
  for (const [name, html] of files) {
    const path = join(dir, `${String(paths.length).padStart(4, '0')}-${name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)}.html`)
    writeFileSync(path, html)
    paths.push(path)
  }
  const jar = require.resolve('vnu-jar/build/dist/vnu.jar')
  try {
    execFileSync('java', ['-Xss2m', '-jar', jar, '--errors-only', '--format', 'text', ...paths],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 })
    return []
  } catch (error) {
    return String(error.stderr || error).split('\n').filter(Boolean).map(line => line.replace(dir, ''))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

export function checkHtml () {
  const faults = htmlFaults()
  faults.slice(0, 30).forEach(line => console.log(`      ${line}`))
  check(served.size > 0 && faults.length === 0, `${faults.length} faults in the HTML of ${served.size} pages`)
  console.log(`      ${served.size} pages`)
  const planted = new Map([['planted', '<!DOCTYPE html><html lang="en"><title>x</title><p><div></p></html>']])
  check(htmlFaults(planted).length > 0, 'the checker finds a planted fault')
}

export function screenshotPath (name) {
  const dir = process.env.SCREENSHOTS || 'build/screenshots'
  mkdirSync(dir, { recursive: true })
  return join(dir, `${name}.png`)
}
