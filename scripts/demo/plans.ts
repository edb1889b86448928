import { fileURLToPath } from 'node:url'
import type { BuildPlan } from '@ingot/engine'

/** Where the demonstration finds its plugin and keeps its images. */
export interface Places {
  readonly plugin: string
  readonly store: string
}

const folder = (name: string) => fileURLToPath(new URL(`../../examples/templates/${name}`, import.meta.url))

/** A base image from a folder. */
export function parentPlan({ plugin, store }: Places): BuildPlan {
  return {
    bucket: { name: 'demo-parent', description: 'A base image', labels: { team: 'platform' } },
    plugins: { tarball: { file: plugin } },
    sources: [
      { name: 'base', plugin: 'tarball', component: 'image', config: { source: folder('base'), store } },
    ],
  }
}

/** Two images from the parent's, one for each region. */
export function childPlan({ plugin, store, base }: Places & { readonly base: string }): BuildPlan {
  const image = (region: string) => ({
    name: region,
    plugin: 'tarball',
    component: 'image',
    config: { base, source: folder('web'), store, regions: [region], labels: { region } },
  })
  return {
    bucket: { name: 'demo-child', description: 'An application on the base image', labels: { team: 'web' } },
    buildLabels: { purpose: 'demonstration' },
    plugins: { tarball: { file: plugin } },
    sources: [image('eu'), image('us')],
  }
}
