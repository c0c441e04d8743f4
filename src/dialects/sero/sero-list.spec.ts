import * as fc from 'fast-check';
import type { ProjectDtos } from '../../projects/index.js';
import { seroList } from './sero-list.js';
import { presentSeroProject } from './sero-project.presenter.js';

const project = (name: string): ProjectDtos.ProjectDto => ({
  ...{ id: `proj_${name}`, name, description: null, status: 'active', protected: false },
  ...{ document_count: 1, environment_count: 2, size_bytes: 3, retention_days: 4, legal_hold: true },
  ...{ organization_id: 'org_x', created_by: 'user_x', version: 1, archived_at: null },
  created_at: '2026-03-15T10:30:00.000Z',
  updated_at: '2026-03-15T10:30:00.000Z',
});

async function* pagesOf(pages: readonly (readonly string[])[]): AsyncGenerator<ProjectDtos.ProjectDto[]> {
  for (const page of pages) yield page.map(project);
}

const listOf = (pages: AsyncGenerator<ProjectDtos.ProjectDto[]>): Promise<AsyncGenerator<string>> =>
  seroList('projects', pages, presentSeroProject);

async function textOf(pages: AsyncGenerator<ProjectDtos.ProjectDto[]>): Promise<string> {
  let text = '';
  for await (const part of await listOf(pages)) text += part;
  return text;
}

describe("SERO's list of projects", () => {
  it('is JSON with every project in order, however they come in pages', async () => {
    const pages = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(pages, async (names) => {
        // A page that is empty is the last one.
        const end = names.findIndex((page) => page.length === 0);
        const read = end < 0 ? names : names.slice(0, end + 1);
        const { projects } = JSON.parse(await textOf(pagesOf(read))) as { projects: { name: string }[] };
        expect(projects.map(({ name }) => name)).toEqual(read.flat());
      }),
    );
  });

  it('shows what the document shows, and nothing else', async () => {
    expect(JSON.parse(await textOf(pagesOf([['x']])))).toEqual({
      projects: [
        {
          ...{ id: 'proj_x', name: 'x', description: '', document_count: 1, status: 'active' },
          created_at: '2026-03-15T10:30:00.000Z',
        },
      ],
    });
  });

  it('fails before anything is written when the first projects cannot be read', async () => {
    // biome-ignore lint/correctness/useYield: it fails before it has anything
    const failing = (async function* (): AsyncGenerator<ProjectDtos.ProjectDto[]> {
      throw new Error('the database is away');
    })();
    await expect(listOf(failing)).rejects.toThrow('away');
  });
});
