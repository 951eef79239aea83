// Tests of the built site in target/site, as a reader sees it in a browser. CHROMIUM names another browser than /usr/bin/chromium.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const site = fileURLToPath(new URL('../target/site', import.meta.url))
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

/** What a reader types, and the pages of which one must come first. */
const searches = {
  maximum: ['docs/reference/settings'],
  failover: ['docs/explanation/guarantees', 'docs/how-to/scale'],
  rollback: ['docs/how-to/release'],
  shadow: ['docs/how-to/release'],
  p99: ['docs/lab/2026-11-30-latency'],
  'training set': ['docs/how-to/train', 'docs/reference/data-formats', 'docs/how-to/prepare-training-data'],
  timeout: ['docs/reference/settings'],
  troubleshooting: ['docs/how-to/troubleshooting'],
  Python: ['docs/how-to/read-classifications'],
  Docker: ['docs/how-to/deploy-containers'],
  Kubernetes: ['docs/how-to/deploy-kubernetes'],
  KBMOD: ['docs/how-to/classify-kbmod-results', 'docs/tutorials/kbmod-results'],
  drb: ['docs/reference/surveys'],
  reliability: ['docs/reference/surveys'],
}

/** The file of an address of the site; undefined if there is none. */
function fileOf(path) {
  const file = join(site, decodeURIComponent(path))
  const target = statSync(file, { throwIfNoEntry: false })?.isDirectory() ? join(file, 'index.html') : file
  return existsSync(target) ? target : undefined
}

const files = readdirSync(site, { recursive: true })
  .filter((file) => file.endsWith('.html') && !file.startsWith('apidocs') && file !== '404.html')
  .sort()

let server, browser, address

before(async () => {
  server = createServer(({ url }, response) => {
    const file = fileOf(new URL(url, 'http://site').pathname)
    response.writeHead(file ? 200 : 404, { 'Content-Type': types[extname(file ?? '')] ?? 'application/octet-stream' })
    response.end(file && readFileSync(file))
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  address = `http://127.0.0.1:${server.address().port}/`
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args })
})

after(async () => {
  await browser?.close()
  server?.close()
})

test('every link leads to a page and an anchor that exist', () => {
  const anchors = (file) => new Set([...readFileSync(file, 'utf8').matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))
  const dead = []
  for (const file of files) {
    for (const [, link] of readFileSync(join(site, file), 'utf8').matchAll(/ (?:href|src)="([^"]*)"/g)) {
      const { origin, pathname, hash } = new URL(link.replaceAll('&amp;', '&'), `http://site/${file}`)
      if (origin !== 'http://site') {
        continue
      }
      const target = fileOf(pathname)
      const anchor = decodeURIComponent(hash.slice(1))
      if (!target || (anchor && target.endsWith('.html') && !anchors(target).has(anchor))) {
        dead.push(`${file}: ${link}`)
      }
    }
  }
  assert.deepEqual(dead, [])
  assert.ok(files.length > 40)
})

/** Opens the search, as soon as the scripts of the page listen to the key. */
async function searchBox(page) {
  const box = page.locator('.VPLocalSearchBox input')
  while (!(await box.isVisible())) {
    await page.keyboard.press('Control+k')
    await box.waitFor({ timeout: 2000 }).catch(() => undefined)
  }
  return box
}

for (const [query, pages] of Object.entries(searches)) {
  test(`the search of "${query}" lists first ${pages.join(' or ')}`, async () => {
    const page = await browser.newPage()
    await page.goto(address)
    await (await searchBox(page)).fill(query)
    const first = await page.locator('.VPLocalSearchBox .result').first().getAttribute('href')
    await page.close()
    const found = new URL(first, address).pathname.slice(1).replace(/\.html$/, '')
    assert.ok(pages.includes(found), `${first} is first`)
  })
}

test('no page is wider than a screen of 360 pixels, and none loads anything from elsewhere', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 800 } })
  const elsewhere = new Set()
  page.on('request', (request) => request.url().startsWith(address) || elsewhere.add(request.url()))
  const wide = []
  for (const file of files) {
    await page.goto(address + file)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > 360) {
      wide.push(`${file}: ${width}`)
    }
  }
  await page.close()
  assert.deepEqual(wide, [])
  assert.deepEqual([...elsewhere].filter((url) => !url.startsWith('data:')), [])
})
