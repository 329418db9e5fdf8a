package org.lemmalab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClaimSourceTest {

    @Test
    void findsThePropertyAndWhatItAndTheCommentMention() {
        String file = """
                package p;

                /**
                 * A page.
                 *
                 * <p>See A19.thm4.1 and A19.lemC2-Z.
                 */
                class PClaims {
                    @Claim(id = "A19.other")
                    void another(ClaimRun run) {
                        run.note("B20.x");
                    }

                    @Claim(
                            id = "A19.this",
                            statement = "a")
                    void wanted(ClaimRun run) {
                        if (true) {
                            run.note("as A19.eq14 says");
                        }
                    }
                }
                """;
        ClaimSource source = ClaimSource.of("A19.this", file, "wanted");
        assertThat(source.property())
                .startsWith("@Claim(\n        id = \"A19.this\"")
                .contains("void wanted")
                .endsWith("\n}")
                .doesNotContain("another");
        assertThat(source.mentions()).containsExactly("A19.eq14", "A19.lemC2-Z", "A19.thm4.1");
    }

    @Test
    void ofAMissingFileIsNone() throws IOException {
        assertThat(ClaimSource.of(SampleReport.kernel(), Path.of("nowhere"))).isEqualTo(ClaimSource.NONE);
    }
}
