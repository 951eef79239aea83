package dev.stampede.training.fetch;

import java.net.URI;
import java.util.List;

/**
 * The stamps of chapter 9 of the astroML notebooks: 109,523 of 21x21 pixels, of which 55 % hold a simulated mover on a
 * real difference image. They lie on Google Drive under the two ids that the notebook gives. The names here are the true
 * ones; the notebook as now published reads the file of the noise as its sources and the other way round.
 */
public final class PublishedSet {
    /**
     * One file of it.
     *
     * @param name what it is called once it is here
     * @param address where it is
     */
    public record Item(String name, URI address) {}

    private static final String ADDRESS = "https://drive.usercontent.google.com/download?export=download&confirm=t&id=";

    private PublishedSet() {}

    /** Its two files. */
    public static List<Item> items() {
        return List.of(
                new Item("stamps_sources.npy", URI.create(ADDRESS + "1cZaMCA0z_nPX6GB_meLGouwOidEROcwc")),
                new Item("stamps_noise.npy", URI.create(ADDRESS + "1UT2BCf-IDUEpvTmcU4bq6nDcY3Ayw5vJ")));
    }
}
