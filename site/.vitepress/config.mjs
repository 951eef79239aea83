import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { slug } from 'github-slugger'
import { defineConfig } from 'vitepress'
import { searchOptions } from './search.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const repository = 'https://github.com/stampede-dev/stampede'

const kinds = {
  Tutorials: 'docs/tutorials',
  'How-to guides': 'docs/how-to',
  Reference: 'docs/reference',
  Explanation: 'docs/explanation',
  'Lab notes': 'docs/lab',
  Decisions: 'docs/decisions',
}

function title(file) {
  return readFileSync(resolve(root, file), 'utf8').match(/^# (.+)$/m)[1].replaceAll('`', '')
}

function item(file) {
  return { text: title(file), link: `/${file.replace(/\.md$/, '')}` }
}

/** The pages of a folder by name, without its index. */
function items(folder) {
  return readdirSync(resolve(root, folder))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => item(`${folder}/${name}`))
}

function sidebar() {
  const groups = Object.entries(kinds).map(([text, folder]) => ({
    text,
    link: existsSync(resolve(root, folder, 'README.md')) ? `/${folder}/` : undefined,
    items: items(folder),
    collapsed: text === 'Decisions' || text === 'Lab notes',
  }))
  const others = readdirSync(resolve(root, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md')
  groups.push({
    text: 'Project',
    items: [...others.map((name) => `docs/${name}`), 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'].map(item),
  })
  return groups
}

/** The index of a folder is its README; a link to another file or folder of the repository leads to GitHub. */
function siteLink(page, href) {
  const [path, anchor] = href.split('#')
  const target = resolve(dirname(page), decodeURI(path))
  const file = relative(root, target)
  const isFolder = statSync(target).isDirectory()
  if (isFolder && existsSync(resolve(target, 'README.md'))) {
    return `${path.replace(/\/$/, '')}/index.md`
  }
  if (/^([^/]+|(docs|examples)\/.*)\.md$/.test(file)) {
    return href.replace(/README\.md/, 'index.md')
  }
  return `${repository}/${isFolder ? 'tree' : 'blob'}/main/${file}${anchor ? `#${anchor}` : ''}`
}

function linkAsOnGitHub(md) {
  md.core.ruler.push('repository_links', ({ tokens, env }) => {
    const links = tokens.flatMap((token) => token.children ?? []).filter((token) => token.type === 'link_open')
    for (const link of links) {
      const href = link.attrGet('href')
      if (!/^([a-z]+:|#)/.test(href)) {
        link.attrSet('href', siteLink(env.path, href))
      }
    }
  })
}

/** Pages are outside of the folder of node_modules: what renders them is resolved by Node.js, from here. */
const vueFromHere = {
  name: 'vue-from-here',
  enforce: 'pre',
  resolveId(id, _importer, { ssr }) {
    return ssr && /^vue(\/server-renderer)?$/.test(id) ? { id, external: true } : undefined
  },
}

export default defineConfig({
  title: 'Stampede',
  description: 'Classifies the coadded stamps of moving-object searches in a Kafka stream.',
  lang: 'en',
  srcDir: '..',
  srcExclude: ['!(docs|examples)/**/*.md'],
  outDir: '../target/site',
  cacheDir: '../target/site-cache',
  vite: { plugins: [vueFromHere] },
  rewrites: (page) => page.replace(/(^|\/)README\.md$/, '$1index.md'),
  head: [
    ['link', { rel: 'icon', href: 'data:,' }],
    // Long names in code break on a small screen; tables and blocks of code scroll instead.
    ['style', {}, '.vp-doc :is(p, li, h1, h2, h3) { overflow-wrap: anywhere; } .vp-doc pre { overflow-x: auto; }'],
  ],
  // Pages are written for GitHub: its anchors, and none of the additional syntax of VitePress.
  markdown: {
    anchor: { slugify: slug },
    attrs: { disable: true },
    config(md) {
      md.disable('emoji', true)
      md.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
      linkAsOnGitHub(md)
    },
  },
  themeConfig: {
    nav: [{ text: 'Javadoc', link: '/apidocs/index.html', target: '_self' }],
    sidebar: sidebar(),
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: repository }],
    search: { provider: 'local', options: { miniSearch: { searchOptions } } },
  },
})
