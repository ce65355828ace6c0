/**
 * A walk-forward as it is trained in earnest: B1's market of 46 symbols, made long enough for 1.14 M rows, the 25 default features, the direction of the next bar, 16 expanding
 * folds, 300 trees each. Minutes long, so not part of `npm run bench`. Says on the error output how far it is; prints rows.
 */
import { defaultFeatures, featureColumns, featureSet } from '@tradekit/indicators';
import { boosting, directionLabels, expandingFolds, samplesOf, trainingSet } from '@tradekit/ml';
import { b1History } from '../b1-market.js';
import { cpuMs, report, row } from '../measure.js';

const history = b1History(29_120);
const features = featureColumns(featureSet(defaultFeatures), history);
const labels = directionLabels(history);
const samples = samplesOf(labels);
const folds = expandingFolds(samples, { folds: 16, minTrainRows: 1500 });
const trainer = boosting({ target: { kind: 'classes', count: 3 }, growth: { kind: 'depth-wise', maxDepth: 5 } });

let trees = 0;
let rows = 0;
const ms = folds.map(({ train }, fold) => {
  const cells = train.map((place) => samples.cells[place] ?? -1);
  const own = cpuMs(() => {
    trees += trainer.train(trainingSet(features, labels, cells)).ensemble.trees.length;
  });
  rows = cells.length;
  process.stderr.write(`fold ${fold + 1} of ${folds.length}: ${rows} rows, ${(own / 1000).toFixed(1)} CPU s\n`);
  return own;
});
report(
  row('walk-forward of 16 folds, trees', trees, '', null),
  row('walk-forward of 16 folds, rows of the last one', rows, '', null),
  row('walk-forward of 16 folds', ms.reduce((sum, own) => sum + own, 0) / 1000, 'CPU s', null),
  row('walk-forward of 16 folds, peak memory of the process', process.resourceUsage().maxRSS / 1024, 'MB', 800),
);
