import type { SourcePlan } from './build-plan.ts'

/** The builder's name in templates: `tarball-image`, or `tarball` for the unnamed builder. */
export function builderType(source: Pick<SourcePlan, 'plugin' | 'component'>): string {
  return source.component ? `${source.plugin}-${source.component}` : source.plugin
}

/** What the registry calls the source's build: `tarball-image.web`, as packer does for HCL templates. */
export function componentType(source: SourcePlan): string {
  return `${builderType(source)}.${source.name}`
}
