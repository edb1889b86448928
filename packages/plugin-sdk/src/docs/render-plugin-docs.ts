import type { Plugin } from '../plugin/define-plugin.ts'
import {
  componentPage,
  type DocumentedComponent,
  type DocumentedKind,
  MADE,
  pagePath,
  summary,
  typeName,
} from './component-page.ts'
import { mdxText } from './mdx-text.ts'

/** A page of a plugin's documentation. */
export interface DocsPage {
  /** Below the folder `docs`, with `/`: `builders/image.mdx`. */
  readonly path: string
  readonly content: string
}

interface Section {
  readonly kind: DocumentedKind
  readonly components: readonly DocumentedComponent[]
}

/**
 * The documentation of a plugin, in the layout of HashiCorp's integrations: `README.md`, and a page for each
 * component in `builders/`, `provisioners/`, `post-processors/` and `datasources/`. With a source the first page says
 * how to install it.
 *
 * @example
 * renderPluginDocs(plugin, { source: 'github.com/acme/tarball' })
 */
export function renderPluginDocs(
  plugin: Plugin,
  { source }: { readonly source?: string } = {},
): readonly DocsPage[] {
  const sections = sectionsOf(plugin).filter(({ components }) => components.length > 0)
  const pages = sections.flatMap(({ kind, components }) =>
    components.map((each) => ({ path: pagePath(kind, each), content: componentPage(kind, each) })),
  )
  return [{ path: 'README.md', content: overview(plugin, sections, source) }, ...pages]
}

function sectionsOf(plugin: Plugin): readonly Section[] {
  return [
    {
      kind: { folder: 'builders', title: 'Builders', block: (type) => `source "${type}" "example"` },
      components: Object.entries(plugin.builders).map(([name, { definition }]) => {
        const { doc, config, generates } = definition
        return { plugin: plugin.name, name, doc, config, generates }
      }),
    },
    {
      kind: { folder: 'provisioners', title: 'Provisioners', block: (type) => `provisioner "${type}"` },
      components: documented(plugin.name, plugin.provisioners),
    },
    {
      kind: {
        folder: 'post-processors',
        title: 'Post-Processors',
        block: (type) => `post-processor "${type}"`,
      },
      components: documented(plugin.name, plugin.postProcessors),
    },
    {
      kind: { folder: 'datasources', title: 'Data Sources', block: (type) => `data "${type}" "example"` },
      components: documented(plugin.name, plugin.datasources),
    },
  ]
}

type Definition = Pick<DocumentedComponent, 'doc' | 'config' | 'output'>

function documented(
  plugin: string,
  components: Readonly<Record<string, { readonly definition: Definition }>>,
): readonly DocumentedComponent[] {
  return Object.entries(components).map(([name, { definition }]) => {
    const { doc, config, output } = definition
    return { plugin, name, doc, config, ...(output ? { output } : {}) }
  })
}

function overview(
  { name, version }: Plugin,
  sections: readonly Section[],
  source: string | undefined,
): string {
  return `${[
    `<!-- ${MADE} -->`,
    `# ${name}`,
    ...(source === undefined ? [] : [installation({ name, version, source })]),
    '## Components',
    ...sections.map(list),
  ].join('\n\n')}\n`
}

interface Installed {
  readonly name: string
  readonly version: string
  readonly source: string
}

function installation({ name, version, source }: Installed): string {
  return `## Installation

Name the plugin in your template, then run \`packer init\` in its folder.

\`\`\`hcl
packer {
  required_plugins {
    ${name} = {
      source  = "${source}"
      version = ">= ${version.replace(/-.*/, '')}"
    }
  }
}
\`\`\``
}

function list({ kind, components }: Section): string {
  const lines = components.map((each) => {
    const what = summary(each)
    return `- [${typeName(each)}](${pagePath(kind, each)})${what ? ` - ${mdxText(what)}` : ''}`
  })
  return `### ${kind.title}\n\n${lines.join('\n')}`
}
