import { readFileSync } from 'node:fs'
import { DEFAULT_COMPONENT } from '@ingot/plugin-rpc'
import { expect, test } from 'vitest'
import { defineBuilder } from '../builder/definition.ts'
import { config } from '../config/config.ts'
import { defineDatasource } from '../datasource/definition.ts'
import { DefinitionError } from '../errors/definition-error.ts'
import { definePostProcessor } from '../post-processor/definition.ts'
import { defineProvisioner } from '../provisioner/definition.ts'
import { testSurroundings } from '../testing/test-surroundings.ts'
import { definePlugin, type PluginDefinition, pluginSet } from './define-plugin.ts'
import { SDK_VERSION } from './sdk-version.ts'

const builder = defineBuilder({ config: config({}), images: 'none', run: () => undefined })
const datasource = defineDatasource({ config: config({}), output: config({}), execute: () => ({}) })
const provisioner = defineProvisioner({ config: config({}), run: () => {} })
const postProcessor = definePostProcessor({ config: config({}), run: () => undefined })
const good: PluginDefinition = { name: 'happy-cloud', version: '1.2.3', builders: { image: builder } }

test('a plugin is served with all its components', () => {
  const plugin = definePlugin({
    ...good,
    provisioners: { script: provisioner },
    postProcessors: { compress: postProcessor },
    datasources: { [DEFAULT_COMPONENT]: datasource },
  })
  const set = pluginSet(plugin, testSurroundings())
  expect(set).toMatchObject({ name: 'happy-cloud', version: '1.2.3', sdkVersion: SDK_VERSION })
  expect(Object.keys(set.builders ?? {})).toEqual(['image'])
  expect(Object.keys(set.provisioners ?? {})).toEqual(['script'])
  expect(Object.keys(set.postProcessors ?? {})).toEqual(['compress'])
  expect(Object.keys(set.datasources ?? {})).toEqual([DEFAULT_COMPONENT])
})

test.each([
  [
    { name: 'happy_cloud' },
    '"happy_cloud" cannot be a plugin\'s name: use lower case letters, digits and single dashes',
  ],
  [{ name: 'Happy' }, 'use lower case letters'],
  [{ name: 'a--b' }, 'single dashes'],
  [{ name: 'packer-plugin-happy' }, 'leave out what Packer adds, and say "happy"'],
  [{ version: 'v1.2.3' }, '"v1.2.3" cannot be a plugin\'s version: write it as in "1.2.3"'],
  [{ version: '1.2' }, 'write it as in "1.2.3"'],
  [{ version: '1.2.3-beta1' }, 'the only pre-release that Packer installs is "-dev"'],
  [{ version: '1.2.3+linux' }, 'leave out "+linux"'],
  [{ builders: { 'My Image': builder } }, '"My Image" cannot be the name of a builder'],
  [{ datasources: { 'x/y': datasource } }, '"x/y" cannot be the name of a data source'],
  [{ provisioners: { 'x y': {} as never } }, '"x y" cannot be the name of a provisioner'],
  [{ postProcessors: { X: {} as never } }, '"X" cannot be the name of a post-processor'],
  [{ builders: {} }, 'The plugin "happy-cloud" has no components'],
])('%j is refused', (change, message) => {
  const define = () => definePlugin({ ...good, ...change })
  expect(define).toThrow(DefinitionError)
  expect(define).toThrow(message)
})

test('a -dev version is a version', () => {
  expect(definePlugin({ ...good, version: '0.1.0-dev' }).version).toBe('0.1.0-dev')
})

test('the version it names of itself is that of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(SDK_VERSION).toBe(manifest.version)
})
