import { DEFAULT_COMPONENT } from '@ingot/plugin-rpc'
import type { ConfigSchema } from '../config/config.ts'
import { renderConfigDocs } from '../config/docs.ts'
import { exampleBody } from './example-body.ts'
import { firstSentence, mdxText } from './mdx-text.ts'

/** A kind of component, in the words of HashiCorp's documentation. */
export interface DocumentedKind {
  /** The folder of its pages. */
  readonly folder: 'builders' | 'provisioners' | 'post-processors' | 'datasources'
  readonly title: string
  /** The line that its block begins with in a template. */
  block(type: string): string
}

/** What a page tells of a component. */
export interface DocumentedComponent {
  readonly plugin: string
  readonly name: string
  readonly doc?: string | undefined
  readonly config: ConfigSchema
  /** Of a data source. */
  readonly output?: ConfigSchema
  /** Of a builder: the build variables. */
  readonly generates?: readonly string[] | undefined
}

/** In a page that was made, so that one of a component that is no more is known as well. */
export const MADE = 'Made of the plugin by "ingot plugin docs": what is changed here is lost.'

/** What a template calls a component. */
export function typeName({ plugin, name }: DocumentedComponent): string {
  return name === DEFAULT_COMPONENT ? plugin : `${plugin}-${name}`
}

/** Where its page lies. */
export function pagePath(kind: DocumentedKind, { plugin, name }: DocumentedComponent): string {
  return `${kind.folder}/${name === DEFAULT_COMPONENT ? plugin : name}.mdx`
}

/** What it is, in a sentence. */
export function summary(component: DocumentedComponent): string {
  return firstSentence(component.doc ?? '')
}

/** The page of one component, in MDX with front matter. */
export function componentPage(kind: DocumentedKind, component: DocumentedComponent): string {
  const type = typeName(component)
  const sections = [
    frontMatter(kind, component),
    `# ${type}\n\nType: \`${type}\``,
    ...(component.doc ? [mdxText(component.doc.trim())] : []),
    `## Example\n\n\`\`\`hcl\n${template(kind, component)}\n\`\`\``,
    `## Configuration\n\n${tables(component.config)}`,
    ...(component.output ? [`## Output\n\n${tables(component.output)}`] : []),
    ...(component.generates?.length ? [variables(component.generates)] : []),
  ]
  return `${sections.join('\n\n')}\n`
}

function frontMatter({ title }: DocumentedKind, component: DocumentedComponent): string {
  const type = typeName(component)
  const description = JSON.stringify(summary(component) || type)
  const lines = [`page_title: ${type} - ${title}`, `nav_title: ${type}`, `description: ${description}`]
  return ['---', `# ${MADE}`, ...lines, '---'].join('\n')
}

function tables(schema: ConfigSchema): string {
  return mdxText(renderConfigDocs(schema).trimEnd())
}

function template(kind: DocumentedKind, component: DocumentedComponent): string {
  const body = exampleBody(component.config)
  const open = kind.block(typeName(component))
  return body === '' ? `${open} {}` : `${open} {\n${body}\n}`
}

function variables(names: readonly string[]): string {
  const lines = names.map((name) => `- \`build.${name}\``)
  return `## Build variables\n\nProvisioners and post-processors may read:\n\n${lines.join('\n')}`
}
