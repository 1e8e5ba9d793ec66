package net.homeport.registry.challenge;

import java.util.List;

/**
 * Where registrations are durable. Every change is on disk when the method returns; each throws
 * {@link net.homeport.registry.host.RegistryStoreException} when nothing was stored.
 */
public interface ChallengeStore {
  /** Keeps nothing: a registration lasts as long as the process. */
  ChallengeStore NONE =
      new ChallengeStore() {
        @Override
        public List<ChallengeRegistration> registrations() {
          return List.of();
        }

        @Override
        public void put(ChallengeRegistration registration) {}

        @Override
        public void remove(String id) {}
      };

  List<ChallengeRegistration> registrations();

  void put(ChallengeRegistration registration);

  void remove(String id);
}
