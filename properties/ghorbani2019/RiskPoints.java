package ghorbani2019;

import ghorbani2019.PopulationRisks.Formula;
import ghorbani2019.PopulationRisks.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Figure;
import org.lemmalab.numeric.ParallelBlocks;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * Exact risks in the paper's dimension, and how far their formulas may be: the mean gap in a smaller dimension and six standard deviations, from
 * eight draws at the same N/d. Both fall like 1/d.
 *
 * @param dimension the paper's 450, in quick 180
 * @param large one draw in that dimension
 * @param small draws in dimension 160, in quick 64
 */
record RiskPoints<M>(int dimension, PopulationRisks<M> large, List<PopulationRisks<M>> small) {
    private static final int DRAWS = 8;
    static final double[] RATIOS = DoubleStream.concat(
                    IntStream.rangeClosed(1, 10).mapToDouble(k -> k / 10.0),
                    DoubleStream.of(1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10))
            .toArray();
    private static final int BELOW_D = 9;

    static <M> RiskPoints<M> draw(
            ClaimRun run,
            BiFunction<Integer, RandomStream, M> model,
            BiFunction<M, RandomStream, PopulationRisks<M>> risks) {
        int d = run.size("dimension of the figure", 180, 450, 450);
        int few = d * 160 / 450;
        List<PopulationRisks<M>> drawn = new ArrayList<>(Collections.nCopies(DRAWS, null));
        ParallelBlocks.run(DRAWS, run.settings().threads(), k -> {
            RandomStream stream = run.stream().part("d = " + few).trial(k);
            drawn.set(k, risks.apply(model.apply(few, stream), stream.part("weights")));
        });
        RandomStream stream = run.stream().part("d = " + d);
        return new RiskPoints<>(d, risks.apply(model.apply(d, stream), stream.part("weights")), drawn);
    }

    double[] distances(Regime regime, Formula<M> formula) {
        double[][] gaps =
                small.stream().map(risks -> risks.gaps(regime, formula)).toArray(double[][]::new);
        return IntStream.range(0, RATIOS.length)
                .mapToDouble(k -> {
                    double mean =
                            Arrays.stream(gaps).mapToDouble(g -> g[k]).average().orElseThrow();
                    double squares = Arrays.stream(gaps)
                            .mapToDouble(g -> (g[k] - mean) * (g[k] - mean))
                            .sum();
                    return Math.abs(mean) + 6 * Math.sqrt(squares / (DRAWS - 1));
                })
                .toArray();
    }

    Check<Formula<M>> check(ClaimRun run, Regime regime, Formula<M> claimed) {
        double[] distances = distances(regime, claimed);
        return run.check(
                regime.label() + ", d = " + dimension,
                claimed,
                (formula, lab) -> Comparison.atMost(
                        Arrays.stream(large.gaps(regime, formula))
                                .map(Math::abs)
                                .toArray(),
                        distances,
                        1e-12,
                        distance()));
    }

    private String distance() {
        return "mean gap at d = " + dimension * 160 / 450 + ", and six standard deviations";
    }

    /** Decides that the first regime is below the second at every N below d. */
    void checkOrder(ClaimRun run, String part, Regime... ascending) {
        run.check(part, List.of(ascending), (order, lab) -> {
                    double[] lower = risks(order.subList(0, order.size() - 1));
                    double[] upper = risks(order.subList(1, order.size()));
                    return Comparison.atMost(lower, upper, 0, "an order: no tolerance");
                })
                .falsifiedBy("exchanged", reversed(ascending));
    }

    private double[] risks(List<Regime> regimes) {
        return regimes.stream()
                .flatMapToDouble(regime -> Arrays.stream(large.of(regime)).limit(BELOW_D))
                .toArray();
    }

    private static List<Regime> reversed(Regime... regimes) {
        List<Regime> reversed = new ArrayList<>(List.of(regimes));
        Collections.reverse(reversed);
        return reversed;
    }

    List<Figure.Series> series(Map<Regime, Formula<M>> formulas) {
        double[] grid = IntStream.rangeClosed(0, 100)
                .mapToDouble(k -> Math.pow(10, k / 50.0 - 1))
                .toArray();
        List<Figure.Series> series = new ArrayList<>();
        formulas.forEach((regime, formula) -> {
            series.add(Figure.Series.points(regime.label(), RATIOS, large.of(regime)));
            series.add(Figure.Series.line(
                    regime.label() + ", formula",
                    grid,
                    Arrays.stream(grid)
                            .map(rho -> formula.at(large.model(), rho))
                            .toArray()));
        });
        return series;
    }

    Figure gapFigure(String name, Map<Regime, Formula<M>> formulas) {
        return new Figure(
                name,
                "Exact risk less formula",
                "d = " + dimension + "; bars from minus to plus the distance allowed: " + distance()
                        + " of eight draws.",
                new Figure.Axis("N/d", true),
                new Figure.Axis("gap", false),
                formulas.entrySet().stream()
                        .map(entry -> {
                            double[] distances = distances(entry.getKey(), entry.getValue());
                            return new Figure.Series(
                                    entry.getKey().label(),
                                    Figure.Style.POINTS,
                                    RATIOS,
                                    large.gaps(entry.getKey(), entry.getValue()),
                                    Arrays.stream(distances).map(x -> -x).toArray(),
                                    distances);
                        })
                        .toList());
    }
}
