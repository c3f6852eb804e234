import { verifiableView } from '../credentials/verifiableView.tsx';
import { hostDetailsOf, hostView } from '../host/hostView.tsx';
import type { KindView } from './view.ts';
import type { Report } from '../../core/kinds/judge.ts';

/** Credentials of hosts have a view of their own; `details` tell. */
function viewOf(report: Report): KindView {
  return hostDetailsOf(report) ? hostView : verifiableView;
}

export const view: KindView = {
  headline: (report) => viewOf(report).headline?.(report),
  View: (props) => {
    const { View } = viewOf(props.report);
    return View ? <View {...props} /> : null;
  },
  anchors: (report, trust) => viewOf(report).anchors?.(report, trust),
  used: (report, trust) => viewOf(report).used?.(report, trust) ?? { trust: {}, roots: [] },
};
