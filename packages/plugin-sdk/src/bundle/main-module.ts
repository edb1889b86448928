import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The plugins of an entry, by name; told by their looks, since they may come with an SDK of their own. */
const EXPORTED = 'Object.keys(all).filter((name) => all[name]?.builders && all[name].postProcessors)'

/** The version of a plugin under development, as JavaScript. */
export const DEV_VERSION = 'plugin.version.replace(/(-dev)?$/, "-dev")'

/**
 * The module that joins a plugin and the SDK: it exports `start` beside what each such module does, and serves when it
 * is run. The version is JavaScript; the plugin's own unless told.
 */
export function servingMain(entry: string, version = 'plugin.version'): string {
  return [
    ...exporting(entry),
    `import { serve } from ${sdkModule('plugin/serve')}`,
    `export const start = () => serve({ ...plugin, version: ${version} })`,
    `if (require.main === module) start()`,
  ].join('\n')
}

/** The module that knows the pages of a plugin's documentation: `docs`, beside what each such module exports. */
export function docsMain(entry: string, options: { readonly source?: string }): string {
  return [
    ...exporting(entry),
    `import { renderPluginDocs } from ${sdkModule('docs/render-plugin-docs')}`,
    `export const docs = () => renderPluginDocs(plugin, ${JSON.stringify(options)})`,
  ].join('\n')
}

/** The plugin, and the names of all plugins that its module exports. */
function exporting(entry: string): readonly string[] {
  return [
    `import { plugin } from ${JSON.stringify(entry)}`,
    `import * as all from ${JSON.stringify(entry)}`,
    `export { plugin }`,
    `export const exported = () => ${EXPORTED}`,
  ]
}

/** A module of this package as it lies beside this one: in TypeScript, or where it was packed in JavaScript. */
function sdkModule(path: string): string {
  const url = new URL(`../${path}${extname(import.meta.url)}`, import.meta.url)
  return JSON.stringify(fileURLToPath(url))
}
