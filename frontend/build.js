// Build what the browser gets: scripts, styles without unused rules, the icon sprite, the font.
import { build } from 'esbuild';
import { PurgeCSS } from 'purgecss';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const out = 'dist';
const code = '../zvans';

async function filesBelow(folder, endings) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes('/tests/') && !file.includes('/migrations/'));
}

async function scriptsAndStyles() {
  await build({ entryPoints: ['src/theme.js'], outdir: out, bundle: true, minify: true, format: 'iife' });
  await build({
    entryPoints: ['src/app.js', 'src/public.js', 'src/embed.js', 'src/app.css', 'src/public.css'],
    outdir: out,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: ['es2022', 'chrome110', 'firefox115', 'safari16'],
    loader: { '.woff2': 'file' },
    assetNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
    logLevel: 'warning',
  });
}

// A class is kept when its name stands in a template, in Python (tables, forms) or in our scripts.
async function purge() {
  const content = [
    ...(await filesBelow(code, ['.html', '.py'])),
    ...(await filesBelow('src', ['.js'])),
    ...(await filesBelow('../.venv/lib', ['.html'])).filter((file) => /crispy_bootstrap5|django_tables2/.test(file)),
  ];
  for (const name of ['app.css', 'public.css']) {
    const [{ css }] = await new PurgeCSS().purge({
      content,
      css: [path.join(out, name)],
      safelist: {
        standard: [/^htmx-/, /^tone-/, /^ts-/, /^is-invalid/, /^is-valid/, /^sortable-/, 'show', 'collapsing', 'active', 'disabled'],
        greedy: [/data-bs-theme/, /^ts-/, /sortable/],
      },
      variables: false,
    });
    await writeFile(path.join(out, name), css);
  }
}

// Icons are named as {% icon "phone" %} in templates and icon="phone" in components and Python. A register.py may
// list them in tables, so there every string that is an icon's name counts.
async function iconSprite() {
  const icons = 'node_modules/@tabler/icons/icons/outline';
  const known = new Set(await readdir(icons));
  const names = new Set(['point']);
  for (const file of await filesBelow(code, ['.html', '.py'])) {
    const text = await readFile(file, 'utf8');
    for (const [, name] of text.matchAll(/(?:{% icon "|icon=")([a-z0-9-]+)"/g)) names.add(name);
    if (!file.endsWith('register.py')) continue;
    for (const [, name] of text.matchAll(/"([a-z0-9-]+)"/g)) if (known.has(`${name}.svg`)) names.add(name);
  }
  const symbols = await Promise.all([...names].sort().map(async (name) => {
    const svg = await readFile(`${icons}/${name}.svg`, 'utf8');
    const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ` +
      `stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
  }));
  await writeFile(path.join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await scriptsAndStyles();
await purge();
await iconSprite();
await cp('src/static', out, { recursive: true });
