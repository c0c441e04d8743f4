import { JobControl } from '../platform/queue/job-control.js';
import { JobEventsService, type JobNews } from './job-events.service.js';
import { QueueWorld } from './testing/queue-world.js';

describe('following a job', () => {
  let world: QueueWorld;

  beforeAll(async () => {
    world = await QueueWorld.start('postgres');
  });
  afterAll(() => world?.stop());

  const nameOf = (news: JobNews): string =>
    typeof news === 'string' ? news : `${news.name} ${news.job.status}`;

  async function listen(id: string, gone: AbortSignal, heard: string[]): Promise<void> {
    for await (const news of await world.get(JobEventsService).follow(world.caller, id, gone)) {
      heard.push(nameOf(news));
    }
  }

  it('breaks a long silence, so that no proxy cuts the connection, and tells the end', async () => {
    const { id, organizationId } = await world.createJob([{}]);
    const heard: string[] = [];
    const listening = listen(id, new AbortController().signal, heard);
    const until = Date.now() + 25_000;
    while (heard.length < 2 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
    await world.write((tx) => world.get(JobControl).cancel({ organizationId, jobId: id }, tx));
    await listening;
    expect(heard).toEqual(['progress queued', 'silence', 'ended cancelled']);
  });

  it('stops asking the database as soon as nobody listens', async () => {
    const { id } = await world.createJob([{}]);
    const leaving = new AbortController();
    const heard: string[] = [];
    const listening = listen(id, leaving.signal, heard);
    setTimeout(() => leaving.abort(), 300);
    const began = performance.now();
    await listening;
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(heard).toEqual(['progress queued']);
  });

  it('ends with a word when the server stops', async () => {
    const { id } = await world.createJob([{}]);
    const heard: string[] = [];
    const listening = listen(id, new AbortController().signal, heard);
    setTimeout(() => world.get(JobEventsService).beforeApplicationShutdown(), 300);
    await listening;
    expect(heard).toEqual(['progress queued', 'shutdown']);
  });
});
