import {
  Outlet,
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  useRouterState,
} from '@tanstack/react-router';
import { AnyDrop } from './files/AnyDrop.tsx';
import { CheckLink } from './screens/CheckLink.tsx';
import { NotFound } from './screens/NotFound.tsx';
import { Broken } from './screens/Broken.tsx';
import { Shell, type Place } from './parts/Shell.tsx';
import { Sessions } from './session/Sessions.tsx';

const places: Readonly<Record<string, Place>> = {
  '': 'overview',
  anchors: 'anchors',
  about: 'about',
  limits: 'about',
  help: 'help',
  check: 'check',
  trace: 'trace',
  host: 'hosts',
  launch: 'hosts',
  network: 'networks',
  report: 'reports',
};

function Frame() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <Sessions>
      <Shell place={places[path.split('/')[1] ?? '']} app="">
        <Outlet />
        <AnyDrop />
      </Shell>
    </Sessions>
  );
}

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound, errorComponent: Broken });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./overview/OverviewScreen.tsx'), 'OverviewScreen'),
});

const chain = createRoute({
  getParentRoute: () => root,
  path: '/chain/$name',
  validateSearch: (search): { readonly block?: string } => textOf(search, 'block'),
  component: lazyRouteComponent(() => import('./screens/ChainRoute.tsx'), 'ChainRoute'),
});

const tx = createRoute({
  getParentRoute: () => root,
  path: '/tx/$hash',
  validateSearch: (search): { readonly chain?: string } => textOf(search, 'chain'),
  component: lazyRouteComponent(() => import('./screens/TransactionRoute.tsx'), 'TransactionRoute'),
});

const contract = createRoute({
  getParentRoute: () => root,
  path: '/task/$chain/$contract',
  component: lazyRouteComponent(() => import('./screens/ContractRoute.tsx'), 'ContractRoute'),
});

const task = createRoute({
  getParentRoute: () => root,
  path: '/task/$chain/$contract/$id',
  component: lazyRouteComponent(() => import('./screens/TaskRoute.tsx'), 'TaskRoute'),
});

const order = createRoute({
  getParentRoute: () => root,
  path: '/order/$chain/$contract/$id',
  component: lazyRouteComponent(() => import('./screens/OrderRoute.tsx'), 'OrderRoute'),
});

const traceCompare = createRoute({
  getParentRoute: () => root,
  path: '/trace/compare',
  component: lazyRouteComponent(() => import('./trace/compare/CompareScreen.tsx'), 'CompareScreen'),
});

const traceRerun = createRoute({
  getParentRoute: () => root,
  path: '/trace/reexecute',
  component: lazyRouteComponent(() => import('./trace/reexecute/RerunScreen.tsx'), 'RerunScreen'),
});

const traceAnchors = createRoute({
  getParentRoute: () => root,
  path: '/trace/$chain/$contract/$code',
  component: lazyRouteComponent(() => import('./screens/TraceAnchorsRoute.tsx'), 'TraceAnchorsRoute'),
});

const record = createRoute({
  getParentRoute: () => root,
  path: '/record',
  component: lazyRouteComponent(() => import('./record/RecordScreen.tsx'), 'RecordScreen'),
});

const traceRun = createRoute({
  getParentRoute: () => root,
  path: '/trace',
  component: lazyRouteComponent(() => import('./trace/run/TraceRunScreen.tsx'), 'TraceRunScreen'),
});

const networks = createRoute({
  getParentRoute: () => root,
  path: '/network',
  component: lazyRouteComponent(() => import('./network/NetworkListScreen.tsx'), 'NetworkListScreen'),
});

const network = createRoute({
  getParentRoute: () => root,
  path: '/network/$chain/$contract',
  validateSearch: (search): { readonly epoch?: string; readonly request?: string; readonly node?: string } => ({
    ...textOf(search, 'epoch'),
    ...textOf(search, 'request'),
    ...textOf(search, 'node'),
  }),
  component: lazyRouteComponent(() => import('./screens/NetworkRoute.tsx'), 'NetworkRoute'),
});

const traceRunAgain = createRoute({
  getParentRoute: () => root,
  path: '/trace/run',
  component: lazyRouteComponent(() => import('./trace/run/TraceRunScreen.tsx'), 'TraceRunScreen'),
});

const hosts = createRoute({
  getParentRoute: () => root,
  path: '/host',
  component: lazyRouteComponent(() => import('./host/HostsScreen.tsx'), 'HostsScreen'),
});

const host = createRoute({
  getParentRoute: () => root,
  path: '/host/$did',
  component: lazyRouteComponent(() => import('./screens/HostRoute.tsx'), 'HostRoute'),
});

const launch = createRoute({
  getParentRoute: () => root,
  path: '/launch',
  component: lazyRouteComponent(() => import('./launch/LaunchScreen.tsx'), 'LaunchScreen'),
});

const report = createRoute({
  getParentRoute: () => root,
  path: '/report',
  component: lazyRouteComponent(() => import('./report/ReportScreen.tsx'), 'ReportScreen'),
});

const anchors = createRoute({
  getParentRoute: () => root,
  path: '/anchors',
  component: lazyRouteComponent(() => import('./anchors/AnchorsScreen.tsx'), 'AnchorsScreen'),
});

const about = createRoute({
  getParentRoute: () => root,
  path: '/about',
  component: lazyRouteComponent(() => import('./about/AboutScreen.tsx'), 'AboutScreen'),
});

const limits = createRoute({
  getParentRoute: () => root,
  path: '/limits',
  component: lazyRouteComponent(() => import('./limits/LimitsScreen.tsx'), 'LimitsScreen'),
});

const help = createRoute({
  getParentRoute: () => root,
  path: '/help',
  component: lazyRouteComponent(() => import('./help/HelpScreen.tsx'), 'HelpScreen'),
});

const check = createRoute({
  getParentRoute: () => root,
  path: '/check',
  validateSearch: (search): { readonly src?: string } => textOf(search, 'src'),
  component: CheckLink,
});

const checkLinked = createRoute({ getParentRoute: () => root, path: '/check/$certificate', component: CheckLink });

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    chain,
    tx,
    contract,
    task,
    order,
    record,
    traceRun,
    traceRunAgain,
    hosts,
    host,
    launch,
    report,
    anchors,
    about,
    limits,
    help,
    check,
    checkLinked,
    traceCompare,
    traceRerun,
    traceAnchors,
    networks,
    network,
  ]),
  history: createHashHistory(),
  // Plain text: digests of digits alone must not be read as numbers.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(search as Record<string, string>).toString();
    return text === '' ? '' : `?${text}`;
  },
});

function textOf<Name extends string>(search: Record<string, unknown>, name: Name): { readonly [Key in Name]?: string } {
  const value = search[name];
  return typeof value === 'string' ? ({ [name]: value } as { readonly [Key in Name]?: string }) : {};
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
