package org.lemmalab.report;

import java.util.Map;

/** Full references of the papers, by key. */
public final class Papers {

    private static final Map<String, String> REFERENCES = Map.of(
            "A19",
            "Arora, Du, Hu, Li, Wang: Fine-Grained Analysis of Optimization and Generalization for Overparameterized"
                    + " Two-Layer Neural Networks (ICML 2019)",
            "B20",
            "Bubeck, Eldan, Lee, Mikulincer: Network size and weights size for memorization with two-layers neural"
                    + " networks (2020)",
            "D19",
            "Daniely: Neural Networks Learning and Memorization with (almost) no Over-Parameterization (2019)",
            "D20",
            "Daniely: Memorizing Gaussians with no over-parameterization via gradient descent on neural networks"
                    + " (2020)",
            "G19",
            "Ghorbani, Mei, Misiakiewicz, Montanari: Limitations of Lazy Training of Two-layers Neural Networks"
                    + " (NeurIPS 2019)");

    private Papers() {}

    /** The reference, or the key itself for a paper that is not known. */
    public static String reference(String key) {
        return REFERENCES.getOrDefault(key, key);
    }
}
