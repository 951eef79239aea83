package dev.stampede.training.fetch;

import java.net.URI;
import java.util.List;

/**
 * The stamps of chapter 9 of the astroML notebooks: 109,523 of 21x21 pixels, 55 % of them with a simulated mover on a
 * real difference image, on Google Drive under the two ids in the notebook. The names here are correct; the published
 * notebook exchanges the two files.
 */
public final class PublishedSet {
    /**
     * One file of it.
     *
     * @param name of the local file
     * @param address to download it from
     */
    public record Item(String name, URI address) {}

    private static final String ADDRESS = "https://drive.usercontent.google.com/download?export=download&confirm=t&id=";

    private PublishedSet() {}

    /** The two files. */
    public static List<Item> items() {
        return List.of(
                new Item("stamps_sources.npy", URI.create(ADDRESS + "1cZaMCA0z_nPX6GB_meLGouwOidEROcwc")),
                new Item("stamps_noise.npy", URI.create(ADDRESS + "1UT2BCf-IDUEpvTmcU4bq6nDcY3Ayw5vJ")));
    }
}
