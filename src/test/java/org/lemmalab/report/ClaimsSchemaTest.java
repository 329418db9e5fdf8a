package org.lemmalab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/claims.schema.json} describes what is written. */
class ClaimsSchemaTest {

    @Test
    void describesTheReport() throws IOException {
        String report = ReportJson.of(SampleReport.RUN, SampleReport.claims());
        assertThat(schema().validate(report, InputFormat.JSON)).isEmpty();
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        String report = ReportJson.of(SampleReport.RUN, SampleReport.claims());
        assertThat(schema().validate(report.replaceFirst("\"slack\"", "\"slak\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema().validate(report.replaceFirst("SUPPORTED", "PROVEN"), InputFormat.JSON))
                .isNotEmpty();
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("docs", "claims.schema.json")));
    }
}
