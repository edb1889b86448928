import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The plugins of an entry, by name; told by their looks, since they may come with an SDK of their own. */
const EXPORTED = 'Object.keys(all).filter((name) => all[name]?.builders && all[name].postProcessors)'

/** The module that joins a plugin and the SDK: it exports `plugin`, `exported` and `start`, and serves when it is run. */
export function servingMain(entry: string, version: string | undefined): string {
  const served = version === undefined ? 'plugin' : `{ ...plugin, version: ${JSON.stringify(version)} }`
  return [
    `import { plugin } from ${JSON.stringify(entry)}`,
    `import * as all from ${JSON.stringify(entry)}`,
    `import { serve } from ${sdkModule('plugin/serve.ts')}`,
    `export { plugin }`,
    `export const exported = () => ${EXPORTED}`,
    `export const start = () => serve(${served})`,
    `if (require.main === module) start()`,
  ].join('\n')
}

/** The module that prints the pages of a plugin's documentation as JSON when it is run. */
export function docsMain(entry: string, source: string | undefined): string {
  return [
    `import { plugin } from ${JSON.stringify(entry)}`,
    `import { renderPluginDocs } from ${sdkModule('docs/render-plugin-docs.ts')}`,
    `process.stdout.write(JSON.stringify(renderPluginDocs(plugin, ${JSON.stringify({ source })})))`,
  ].join('\n')
}

function sdkModule(path: string): string {
  // As installed from npm, this package's modules are compiled.
  const name = path.replace(/\.ts$/, extname(import.meta.url))
  return JSON.stringify(fileURLToPath(new URL(`../${name}`, import.meta.url)))
}
