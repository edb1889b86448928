import { expect, test } from 'vitest'
import { defineBuilder } from '../builder/definition.ts'
import { config } from '../config/config.ts'
import { defineDatasource } from '../datasource/definition.ts'
import { definePlugin } from '../plugin/define-plugin.ts'
import { testBuilder } from './test-builder.ts'
import { testDatasource } from './test-datasource.ts'
import { testProvisioner } from './test-provisioner.ts'

const named = (id: string, state?: unknown) =>
  defineBuilder({
    config: config({ size: config.number().default(1) }),
    images: 'none',
    run: ({ config }) => ({ id: `${id}-${config.size}`, ...(state ? { state: () => state } : {}) }),
  })
const one = definePlugin({ name: 'one', version: '1.0.0', builders: { image: named('image') } })
const two = definePlugin({
  name: 'two',
  version: '1.0.0',
  builders: { image: named('image'), disk: named('disk') },
  datasources: {
    latest: defineDatasource({
      config: config({}),
      output: config({ id: config.string() }),
      execute: () => ({ id: 'newest' }),
    }),
  },
})

test('a plugin’s only component is tested by the plugin', async () => {
  expect((await testBuilder(one).run({ size: 2 })).artifact.id).toBe('image-2')
  expect(await testDatasource(two).run({})).toEqual({ id: 'newest' })
})

test('one of several is named', async () => {
  expect((await testBuilder(two, 'disk').run({})).artifact.id).toBe('disk-1')
})

test('what is not there is refused with what is', () => {
  expect(() => testBuilder(two)).toThrow('The plugin "two" has the builders image, disk: name one of them')
  expect(() => testBuilder(two, 'constructor')).toThrow('has the builders image, disk')
  expect(() => testProvisioner(one)).toThrow('The plugin "one" has no provisioners')
})

test('the metadata of an artifact is read as weakly as Packer’s core does', async () => {
  const state = { imageid: 'img-1', ProviderName: 'happy', Labels: { cpus: 4 }, SourceImageID: 7 }
  const { artifact } = await testBuilder(named('image', state)).run({})
  const { images, dropped } = await artifact.metadata()
  expect(images).toMatchObject([{ imageId: 'img-1', labels: { cpus: '4' }, sourceImageId: '7' }])
  expect(dropped).toEqual([])
})
