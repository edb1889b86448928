import fc from 'fast-check'
import { expect, test } from 'vitest'
import { subjectsOf } from './advisory-subject.ts'

const called = (purl: string) =>
  subjectsOf({ purl, version: '' }).map(({ stream, name, version }) => `${stream} ${name} ${version}`)

test.each([
  ['pkg:deb/debian/bash@5.2.15-2%2Bb2?arch=amd64&distro=debian-12', 'Debian:12 bash 5.2.15-2+b2'],
  [
    'pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&upstream=openssl&distro=debian-12.4',
    'Debian:12 openssl 3.0.11-1~deb12u2',
  ],
  [
    'pkg:deb/debian/libgcc-s1@12.2.0-14?upstream=gcc-12%4012.2.0-13&distro=debian-12',
    'Debian:12 gcc-12 12.2.0-13',
  ],
  ['pkg:deb/debian/vim@9.0.1378-2?epoch=2&distro=debian-12', 'Debian:12 vim 2:9.0.1378-2'],
  ['pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.15?distro=ubuntu-22.04', 'Ubuntu:22.04 curl 7.81.0-1ubuntu1.15'],
  [
    'pkg:apk/alpine/libcrypto3@3.1.4-r1?upstream=openssl&distro=alpine-3.19.0',
    'Alpine:v3.19 openssl 3.1.4-r1',
  ],
  ['pkg:apk/wolfi/zlib@1.3-r0', 'Wolfi zlib 1.3-r0'],
  [
    'pkg:rpm/rocky/bash@5.1.8-6.el9?distro=rocky-9.3&upstream=bash-5.1.8-6.el9.src.rpm',
    'Rocky Linux:9 bash 5.1.8-6.el9',
  ],
  [
    'pkg:rpm/redhat/vim-minimal@8.2.2637-20.el9?epoch=2&distro=rhel-9.3',
    'Red Hat:9 vim-minimal 2:8.2.2637-20.el9',
  ],
  ['pkg:npm/%40babel/core@7.0.0', 'npm @babel/core 7.0.0'],
  ['pkg:pypi/Zope.Interface@5.0', 'PyPI zope-interface 5.0'],
  ['pkg:golang/github.com/gin-gonic/gin@v1.9.0', 'Go github.com/gin-gonic/gin v1.9.0'],
  ['pkg:golang/stdlib@1.21.0', 'Go stdlib 1.21.0'],
  [
    'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
    'Maven org.apache.logging.log4j:log4j-core 2.14.1',
  ],
  ['pkg:cargo/time@0.1.44', 'crates.io time 0.1.44'],
  ['pkg:nuget/Newtonsoft.Json@12.0.1', 'NuGet newtonsoft.json 12.0.1'],
  ['pkg:gem/rails@7.0.0', 'RubyGems rails 7.0.0'],
])('%s is what advisories call %s', (purl, name) => {
  expect(called(purl)).toEqual([name])
})

test('packages of Red Hat and its kin are looked for as binary and as source package', () => {
  expect(
    called(
      'pkg:rpm/almalinux/openssl-libs@3.0.7-16.el9_2?epoch=1&distro=almalinux-9.2&upstream=openssl-3.0.7-16.el9_2.src.rpm',
    ),
  ).toEqual(['AlmaLinux:9 openssl-libs 1:3.0.7-16.el9_2', 'AlmaLinux:9 openssl 1:3.0.7-16.el9_2'])
})

test.each([
  ['a package of an unknown release', 'pkg:deb/debian/bash@5.2'],
  ['a package without version', 'pkg:npm/left-pad'],
  ['a type that no advisories are of', 'pkg:generic/openssl@3.0'],
  ['nonsense', 'pkg:///@@'],
  ['nothing', ''],
])('%s is called nothing', (_, purl) => {
  expect(called(purl)).toEqual([])
})

test('the version of the bill counts where the package URL has none', () => {
  expect(subjectsOf({ purl: 'pkg:npm/a', version: '1.0.0' })).toMatchObject([{ version: '1.0.0' }])
})

test('any text is taken', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('', 'pkg:deb/debian/', 'pkg:rpm/redhat/'), (text, start) => {
      expect(Array.isArray(called(start + text))).toBe(true)
    }),
  )
})
